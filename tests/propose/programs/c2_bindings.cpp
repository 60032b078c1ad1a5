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
    map<string, int> counts;
    string word;
    while (cin >> word) counts[word]++;
    size_t size = 0;
    for (auto [key, count] : counts) {
        size += key.size() * count;
        if (count > 1) cout << key << '=' << count << ' ';
    }
    cout << size << '\n';
}
