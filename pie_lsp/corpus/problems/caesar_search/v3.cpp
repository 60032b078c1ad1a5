#include <iostream>
#include <string>

using namespace std;

string rotate(string word, int shift) {
    for (size_t i = 0; i < word.size(); i++) {
        word[i] = 'a' + (word[i] - 'a' + shift) % 26;
    }
    return word;
}

struct Result {
    int found = 0;
    int last = -1;
    unsigned sum = 0;

    void add(int place, int shift) {
        ++found;
        last = place;
        sum = sum * 31 + shift;
    }
};

Result search(const string &text, const string &pattern) {
    Result result;
    int n = static_cast<int>(text.size());
    int m = static_cast<int>(pattern.size());
    for (int i = 0; i + m <= n; ++i) {
        int shift = (text[i] - pattern[0] + 26) % 26;
        if (text.compare(i, m, rotate(pattern, shift)) == 0) {
            result.add(i, shift);
        }
    }
    return result;
}

int main() {
    ios::sync_with_stdio(false);
    int patterns;
    string text;
    cin >> patterns >> text;
    for (int p = 0; p < patterns; p++) {
        string pattern;
        cin >> pattern;
        Result result = search(text, pattern);
        cout << result.found << ' ' << result.last << ' ' << result.sum << '\n';
    }
    return 0;
}
