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
    multiset<long long> bag;
    set<string> names;
    int x;
    while (cin >> x) {
        if (find(bag.begin(), bag.end(), x) != bag.end()) cout << 'y';
        auto it = lower_bound(bag.begin(), bag.end(), x + 5);
        int equal = count(bag.begin(), bag.end(), x);
        if (it != bag.end()) cout << *it << ',' << equal << ' ';
        bag.insert(x);
        if (find(names.begin(), names.end(), to_string(x)) == names.end()) names.insert(to_string(x));
    }
    cout << bag.size() << names.size() << '\n';
}
