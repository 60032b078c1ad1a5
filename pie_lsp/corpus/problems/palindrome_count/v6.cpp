#include <iostream>
#include <string>

using namespace std;

struct Tally {
    long long found = 0;
    long long weight = 0;
};

void grow(const string &word, int limit, int left, int right, Tally &tally) {
    int n = static_cast<int>(word.size());
    while (left >= 0 && right < n && word[left] == word[right]) {
        int length = right - left + 1;
        if (length > limit) break;
        ++tally.found;
        tally.weight += left + length * length;
        --left;
        ++right;
    }
}

Tally count_palindromes(const string &word, int limit) {
    Tally tally;
    int n = static_cast<int>(word.size());
    for (int centre = 0; centre < n; ++centre) {
        grow(word, limit, centre - 1, centre + 1, tally);
        grow(word, limit, centre, centre + 1, tally);
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
