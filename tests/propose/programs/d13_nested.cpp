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
    vector<string> lines;
    string word;
    for (int i = 0; i < 40; i++) {
        if (!(cin >> word)) break;
        for (char c : word)
            if (c != '1') lines.insert(lines.begin(), word + c);
    }
    for (const string &line : lines) cout << line << '\n';
    cout << lines.size() << '\n';
}
