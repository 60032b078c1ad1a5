#include <algorithm>
#include <cctype>
#include <cstring>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
using namespace std;

int main() {
    vector<int> given;
    int x;
    while (cin >> x) given.push_back(x);
    for (int round = 0; round < 3; round++) {
        vector<string> shown;
        for (int y : given) {
            shown.push_back(to_string(y * round));
        }
        if (!shown.empty()) cout << shown.back() << ' ' << shown.size() << '\n';
    }
}
