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

bool prime(int n) {
    if (n < 2) return false;
    for (int d = 2; d * d <= n; d++)
        if (n % d == 0) return false;
    return true;
}

int main() {
    vector<int> v;
    int x;
    while (cin >> x) v.push_back(x);
    for (int i = 0; i < (int)v.size(); i++) {
        if (prime(v[i])) {
            v.erase(v.begin() + i);
            i--;
        }
    }
    for (int y : v) cout << y << ' ';
    cout << '\n';
}
