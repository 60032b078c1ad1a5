#include <algorithm>
#include <iostream>
#include <string>

using namespace std;

bool is_palindrome(const string &piece) {
    return piece == string(piece.rbegin(), piece.rend());
}

struct Tally {
    long long found = 0;
    long long weight = 0;
};

Tally count_palindromes(const string &word, int limit) {
    Tally tally;
    int n = static_cast<int>(word.size());
    for (int start = 0; start + 2 <= n; ++start) {
        int longest = min(limit, n - start);
        for (int length = 2; length <= longest; ++length) {
            if (word[start] == word[start + length - 1] && is_palindrome(word.substr(start, length))) {
                ++tally.found;
                tally.weight += start + length * length;
            }
        }
    }
    return tally;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int words, limit;
    cin >> words >> limit;
    for (int w = 0; w < words; w++) {
        string word;
        cin >> word;
        Tally tally = count_palindromes(word, limit);
        cout << tally.found << ' ' << tally.weight << '\n';
    }
    return 0;
}
