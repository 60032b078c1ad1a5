#include <algorithm>
#include <iostream>
#include <string>

using namespace std;

bool is_palindrome(string piece) {
    string mirrored = piece;
    reverse(mirrored.begin(), mirrored.end());
    return mirrored == piece;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int words, limit;
    cin >> words >> limit;
    for (int w = 0; w < words; w++) {
        string word;
        cin >> word;
        int n = word.size();
        long long found = 0;
        long long weight = 0;
        for (int start = 0; start < n; start++) {
            for (int length = 2; length <= limit && start + length <= n; length++) {
                if (is_palindrome(word.substr(start, length))) {
                    found++;
                    weight += start + length * length;
                }
            }
        }
        cout << found << ' ' << weight << '\n';
    }
    return 0;
}
