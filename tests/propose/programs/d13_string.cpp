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
    long long x;
    while (cin >> x) {
        string binary;
        if (x < 0) x = -x;
        do {
            binary.insert(binary.begin(), char('0' + x % 2));
            x /= 2;
        } while (x > 0);
        cout << binary << ' ';
    }
    cout << '\n';
}
