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

int kth(vector<long long> v, int k) {
    sort(v.begin(), v.end(), greater<long long>());
    cout << "size " << v.size() << ' ';
    long long found = v[k - 1];
    return found;
}

int main() {
    vector<long long> v;
    int x;
    while (cin >> x) v.push_back(x);
    if (v.size() > 2) cout << kth(v, 3);
    cout << v.size() << '\n';
}
