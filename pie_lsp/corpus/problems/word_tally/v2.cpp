#include <iostream>
#include <map>
#include <string>

using namespace std;

bool has_prefix(const string& word, const string& prefix) {
    return word.compare(0, prefix.size(), prefix) == 0;
}

int main() {
    int n, q;
    cin >> n >> q;
    map<string, int> tally;
    for (int i = 0; i < n; i++) {
        string word;
        cin >> word;
        tally[word]++;
    }

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
