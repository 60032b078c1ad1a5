#include <iostream>
#include <string>
#include <vector>
using namespace std;

const int MOD = 1000000007;

int round_factor, square_factor, curly_factor;

struct Open {
    long long factor;
    long long sum_before;
};

bool closes(char c) {
    return c == ')' || c == ']' || c == '}';
}

int factor_of(char c) {
    switch (c) {
        case '(':
            return round_factor;
        case '[':
            return square_factor;
        default:
            return curly_factor;
    }
}

int score(const string& word) {
    vector<Open> open;
    long long sum = 0;
    for (size_t i = 0; i < word.size(); i++) {
        if (!closes(word[i])) {
            open.push_back({factor_of(word[i]), sum});
            sum = 0;
        } else {
            long long inner = closes(word[i - 1]) ? sum % MOD : 1;
            sum = open.back().sum_before + open.back().factor * inner % MOD;
            open.pop_back();
        }
    }
    return sum % MOD;
}

int main() {
    ios::sync_with_stdio(false);
    int t, d;
    cin >> t >> d;
    vector<string> words(t);
    for (auto& word : words) cin >> word;
    while (d--) {
        cin >> round_factor >> square_factor >> curly_factor;
        long long total = 0;
        for (int i = 0; i < t; i++) total = (total + (i + 1LL) * score(words[i])) % MOD;
        cout << total << '\n';
    }
}
