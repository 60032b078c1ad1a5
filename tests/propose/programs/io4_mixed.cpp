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

void show(const vector<int> &v) {
    for (int x : v) cout << x << endl;
    cout << endl << v.size() << endl << "end" << endl;
}

int main() {
    vector<int> v;
    int x;
    while (cin >> x) {
        v.push_back(x);
        cerr << "read " << x << endl;
        if (v.size() % 20 == 0) show(v);
    }
    show(v);
}
