#include <cctype>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

using namespace std;

struct Account {
    int entries = 0;
    long long sum = 0;
};

long long read_ledger(const vector<string>& lines, map<string, Account>& accounts) {
    long long letters = 0;
    unordered_map<string, Account> gathered;
    for (const string& line : lines) {
        size_t comma = line.find(',');
        size_t second = line.find(',', comma + 1);
        Account& account = gathered[line.substr(0, comma)];
        account.entries++;
        account.sum += strtoll(line.c_str() + comma + 1, nullptr, 10);
        for (size_t i = second + 1; i < line.size(); i++) {
            if (isalpha(line[i])) letters++;
        }
    }
    accounts.insert(gathered.begin(), gathered.end());
    return letters;
}

int main() {
    int n;
    cin >> n;
    vector<string> lines(n);
    for (string& line : lines) cin >> line;
    map<string, Account> accounts;
    long long letters = read_ledger(lines, accounts);
    for (const auto& [name, account] : accounts) {
        cout << name << ' ' << account.entries << ' ' << account.sum << '\n';
    }
    cout << letters << '\n';
    return 0;
}
