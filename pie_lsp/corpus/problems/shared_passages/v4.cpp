#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace std;

pair<int, int> longest_shared(const string& a, const string& b) {
    vector<int> row(b.size() + 1);
    int longest = 0, places = 0;
    for (size_t i = a.size(); i-- > 0;) {
        int here = 0;
        for (size_t j = 0; j < b.size(); j++) {
            row[j] = a[i] == b[j] ? row[j + 1] + 1 : 0;
            if (row[j] > here) here = row[j];
        }
        if (here > longest) {
            longest = here;
            places = 0;
        }
        if (here == longest) places++;
    }
    return {longest, places};
}

int main() {
    int pairs;
    cin >> pairs;
    for (int p = 0; p < pairs; p++) {
        string a, b;
        cin >> a >> b;
        pair<int, int> found = longest_shared(a, b);
        cout << found.first << ' ' << found.second << endl;
    }
    return 0;
}
