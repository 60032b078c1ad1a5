#include <iostream>
#include <string>
#include <unordered_map>
#include <vector>

using namespace std;

bool has_prefix(const string& word, const string& prefix) {
    return word.compare(0, prefix.size(), prefix) == 0;
}

vector<string> read_words(int count) {
    vector<string> words;
    for (int i = 0; i < count; i++) {
        string word;
        cin >> word;
        words.push_back(word);
    }
    return words;
}

int main() {
    int n, q;
    cin >> n >> q;
    unordered_map<string, int> tally;
    for (const string& word : read_words(n))
        tally[word]++;

    for (const string& prefix : read_words(q)) {
        int distinct = 0, total = 0;
        for (const auto& [word, count] : tally) {
            if (has_prefix(word, prefix)) {
                distinct++;
                total += count;
            }
        }
        cout << prefix << ' ' << distinct << ' ' << total << '\n';
    }
    return 0;
}
