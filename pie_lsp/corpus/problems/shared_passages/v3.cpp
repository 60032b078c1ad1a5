#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace std;

pair<int, int> longest_shared(const string& a, const string& b) {
    vector<vector<int>> table(a.size() + 1, vector<int>(b.size() + 1));
    int longest = 0, places = 0;
    for (size_t i = a.size(); i-- > 0;) {
        int here = 0;
        for (size_t j = 0; j < b.size(); j++) {
            if (a[i] == b[j]) table[i][j] = table[i + 1][j + 1] + 1;
            if (table[i][j] > here) here = table[i][j];
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
