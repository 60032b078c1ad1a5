#include <iostream>
#include <map>
#include <string>

using namespace std;

bool has_prefix(string word, string prefix) {
    return word.substr(0, prefix.size()) == prefix;
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
        for (auto entry : tally) {
            if (has_prefix(entry.first, prefix)) {
                distinct++;
                total += entry.second;
            }
        }
        cout << prefix << ' ' << distinct << ' ' << total << '\n';
    }
    return 0;
}
