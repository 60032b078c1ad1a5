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
    string all, word;
    int n = 0;
    while (cin >> word) {
        all = all + to_string(n) + ':' + word;
        if (n % 2) all = all + all[0];
        if (n % 700 == 3) all = all + all;
        n++;
        if (all.size() > 100000) all = "";
    }
    cout << all << '\n';
}
