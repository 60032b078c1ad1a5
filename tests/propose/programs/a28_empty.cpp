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
    vector<int> v;
    int x, above = 0;
    while (cin >> x)
        if (x > 5) v.push_back(x);
    for (int y : v) {
        for (int z = 0; z < 2; z++) {
            if (y + z < *min_element(v.begin(), v.end()) + 100) above++;
        }
    }
    cout << above << ' ' << v.size() << '\n';
}
