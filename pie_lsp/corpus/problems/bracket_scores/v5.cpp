#include <iostream>
#include <string>
#include <vector>
using namespace std;

const int MOD = 1000000007;

int round_factor, square_factor, curly_factor;

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

int score(const string& word, vector<int>& products) {
    long long sum = 0;
    products.assign(1, 1);
    for (size_t i = 0; i < word.size(); i++) {
        if (!closes(word[i])) {
            products.push_back((long long)products.back() * factor_of(word[i]) % MOD);
        } else {
            if (!closes(word[i - 1])) sum += products.back();
            products.pop_back();
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
    vector<int> products;
    while (d--) {
        cin >> round_factor >> square_factor >> curly_factor;
        long long total = 0;
        for (int i = 0; i < t; i++) total = (total + (i + 1LL) * score(words[i], products)) % MOD;
        cout << total << '\n';
    }
}
