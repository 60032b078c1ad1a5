#include <iostream>
#include <string>

using namespace std;

string rotate(string word, int shift) {
    for (size_t i = 0; i < word.size(); i++) {
        word[i] = 'a' + (word[i] - 'a' + shift) % 26;
    }
    return word;
}

int main() {
    ios::sync_with_stdio(false);
    int patterns;
    string text;
    cin >> patterns >> text;
    int n = text.size();
    for (int p = 0; p < patterns; p++) {
        string pattern;
        cin >> pattern;
        int m = pattern.size();
        int found = 0;
        int last = -1;
        unsigned sum = 0;
        for (int i = 0; i + m <= n; i++) {
            int shift = (text[i] - pattern[0] + 26) % 26;
            if (rotate(pattern, shift) == text.substr(i, m)) {
                found++;
                last = i;
                sum = sum * 31 + shift;
            }
        }
        cout << found << ' ' << last << ' ' << sum << '\n';
    }
    return 0;
}
