#include <iostream>
#include <string>
#include <utility>

using namespace std;

int shared_from(const string& a, const string& b, size_t i, size_t j) {
    int length = 0;
    while (i + length < a.size() && j + length < b.size()) {
        if (a.substr(i, length + 1) != b.substr(j, length + 1)) break;
        length++;
    }
    return length;
}

pair<int, int> longest_shared(const string& a, const string& b) {
    int longest = 0, places = 0;
    for (size_t i = 0; i < a.size(); i++) {
        int here = 0;
        for (size_t j = 0; j < b.size(); j++) {
            int length = shared_from(a, b, i, j);
            if (length > here) here = length;
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
