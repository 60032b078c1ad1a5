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

int spread(vector<string> words) {
    sort(words.begin(), words.end());
    return words.back().size() * 1000 + words[0].size();
}

int main() {
    vector<string> words;
    string word;
    while (cin >> word) words.push_back(word);
    cout << (words.empty() ? -1 : spread(words)) << '\n';
}
