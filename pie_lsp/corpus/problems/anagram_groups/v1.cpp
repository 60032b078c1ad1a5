#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

using namespace std;

struct Groups {
    int count, largest;
    string first_word;
};

bool same_letters(string a, string b) {
    sort(a.begin(), a.end());
    sort(b.begin(), b.end());
    return a == b;
}

Groups group_words(const vector<string>& words) {
    Groups groups{0, 0, ""};
    vector<bool> taken(words.size());
    for (size_t i = 0; i < words.size(); i++) {
        if (taken[i]) continue;
        int members = 0;
        for (size_t j = i; j < words.size(); j++) {
            if (same_letters(words[i], words[j])) {
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
