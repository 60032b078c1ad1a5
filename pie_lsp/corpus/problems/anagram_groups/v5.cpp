#include <algorithm>
#include <iostream>
#include <string>
#include <unordered_map>
#include <vector>

using namespace std;

struct Groups {
    int count, largest;
    string first_word;
};

Groups group_words(const vector<string>& words) {
    Groups groups{0, 0, ""};
    unordered_map<string, int> group_of;
    vector<int> members, first;
    for (size_t i = 0; i < words.size(); i++) {
        string letters(26, '0');
        for (char letter : words[i]) letters[letter - 'a']++;
        auto [found, added] = group_of.emplace(letters, members.size());
        if (added) {
            members.push_back(0);
            first.push_back(i);
        }
        members[found->second]++;
    }
    groups.count = members.size();
    size_t largest = max_element(members.begin(), members.end()) - members.begin();
    groups.largest = members[largest];
    groups.first_word = words[first[largest]];
    return groups;
}

int main() {
    int n;
    cin >> n;
    vector<string> words(n);
    for (string& word : words) cin >> word;
    Groups groups = group_words(words);
    cout << groups.count << '\n' << groups.largest << '\n' << groups.first_word << '\n';
    return 0;
}
