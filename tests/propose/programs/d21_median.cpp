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

int median(vector<int> v) {
    sort(v.begin(), v.end());
    return v[v.size() / 2];
}

int main() {
    vector<int> v;
    int x;
    while (cin >> x) {
        v.push_back(x);
        if (v.size() % 50 == 1) cout << median(v) << ' ';
    }
    cout << v.size() << '\n';
}
