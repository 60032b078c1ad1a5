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
    vector<string> words;
    string word;
    while (cin >> word) words.push_back(word);
    unordered_set<string> seen;
    int repeated = 0;
    for (const string &one : words) {
        if (seen.find(one) != seen.end()) repeated++;
        seen.insert(one);
    }
    cout << repeated << ' ' << seen.size() << '\n';
}
