#include <iostream>
#include <string>
#include <vector>
using namespace std;

const int MOD = 1000000007;

int round_factor, square_factor, curly_factor;

int score(const string& word, size_t begin, size_t end) {
    long long sum = 0;
    while (begin < end) {
        size_t close = begin;
        for (int depth = 0;; close++) {
            if (word[close] == '(' || word[close] == '[' || word[close] == '{') {
                depth++;
            } else if (--depth == 0) {
                break;
            }
        }
        long long factor = curly_factor;
        if (word[begin] == '(') factor = round_factor;
        if (word[begin] == '[') factor = square_factor;
        if (close > begin + 1) factor = factor * score(word, begin + 1, close) % MOD;
        sum += factor;
        begin = close + 1;
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
        for (int i = 0; i < t; i++) total = (total + (i + 1LL) * score(words[i], 0, words[i].size())) % MOD;
        cout << total << '\n';
    }
}
