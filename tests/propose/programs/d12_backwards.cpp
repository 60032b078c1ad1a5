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
    string word, all;
    while (cin >> word) all += word + "-";
    for (int i = (int)all.size() - 1; i >= 0; i--) {
        if (isdigit(all[i])) all.erase(all.begin() + i);
    }
    cout << all << all.size() << '\n';
}
