#include <iostream>
#include <map>
#include <string>
#include <vector>

using namespace std;

bool has_prefix(const string& word, const string& prefix) {
    return word.compare(0, prefix.size(), prefix) == 0;
}

int main() {
    int n, q;
    cin >> n >> q;
    vector<string> words;
    for (int i = 0; i < n; i++) {
        string word;
        cin >> word;
        words.push_back(word);
    }
    map<string, int> tally;
    for (const string& word : words)
        tally[word]++;

    for (int i = 0; i < q; i++) {
        string prefix;
        cin >> prefix;
        int distinct = 0, total = 0;
        for (const auto& entry : tally) {
            if (has_prefix(entry.first, prefix)) {
                distinct++;
                total += entry.second;
            }
        }
        cout << prefix << ' ' << distinct << ' ' << total << '\n';
    }
    return 0;
}
