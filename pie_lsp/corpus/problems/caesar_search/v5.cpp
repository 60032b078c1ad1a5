#include <iostream>
#include <string>
#include <vector>

using namespace std;

vector<int> steps_of(const string &word) {
    vector<int> steps;
    for (size_t i = 1; i < word.size(); ++i) {
        steps.push_back((word[i] - word[i - 1] + 26) % 26);
    }
    return steps;
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
    vector<int> steps = steps_of(text);
    vector<int> wanted = steps_of(pattern);
    for (int i = 0; i + m <= n; ++i) {
        int same = 0;
        while (same + 1 < m && steps[i + same] == wanted[same]) ++same;
        if (same + 1 == m) result.add(i, (text[i] - pattern[0] + 26) % 26);
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
