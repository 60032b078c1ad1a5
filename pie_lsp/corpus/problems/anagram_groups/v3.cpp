#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

using namespace std;

struct Groups {
    int count, largest;
    string first_word;
};

Groups group_words(const vector<string>& words) {
    Groups groups{0, 0, ""};
    vector<string> letters = words;
    for (string& word : letters) sort(word.begin(), word.end());
    vector<bool> taken(words.size());
    for (size_t i = 0; i < words.size(); i++) {
        if (taken[i]) continue;
        int members = 0;
        for (size_t j = i; j < words.size(); j++) {
            if (!taken[j] && letters[i] == letters[j]) {
                taken[j] = true;
                members++;
            }
        }
        groups.count++;
        if (members > groups.largest) {
            groups.largest = members;
            groups.first_word = words[i];
        }
    }
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
