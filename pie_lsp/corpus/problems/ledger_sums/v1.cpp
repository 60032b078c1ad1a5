#include <cctype>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace std;

struct Account {
    int entries = 0;
    long long sum = 0;
};

vector<string> split(string line) {
    vector<string> parts;
    string part;
    for (char letter : line) {
        if (letter == ',') {
            parts.push_back(part);
            part = "";
        } else {
            part = part + letter;
        }
    }
    parts.push_back(part);
    return parts;
}

long long read_ledger(const vector<string>& lines, map<string, Account>& accounts) {
    long long letters = 0;
    for (const string& line : lines) {
        vector<string> parts = split(line);
        stringstream stream(parts[1]);
        long long amount;
        stream >> amount;
        accounts[parts[0]].entries++;
        accounts[parts[0]].sum += amount;
        for (char letter : parts[2]) {
            if (isalpha(letter)) letters++;
        }
    }
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
