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
    vector<string> words, kept;
    string word;
    while (cin >> word) words.push_back(word);
    for (string one : words) {
        if (kept.size() < 100 || one < kept[0]) kept.push_back(one);
    }
    for (const string &one : kept) cout << one << ' ';
    cout << kept.size() << '\n';
}
