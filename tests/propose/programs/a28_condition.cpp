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

int digits(int x) {
    int count = 1;
    while (x > 9) {
        x /= 10;
        count++;
    }
    return count;
}

int main() {
    int x;
    while (cin >> x) {
        for (int i = 0; i < digits(x); i++) cout << '*';
        cout << '\n';
    }
}
