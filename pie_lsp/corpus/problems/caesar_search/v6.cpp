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
    int m = static_cast<int>(pattern.size());
    vector<int> steps = steps_of(text);
    vector<int> wanted = steps_of(pattern);
    vector<int> border(m, 0);
    for (int i = 1, same = 0; i + 1 < m; ++i) {
        while (same > 0 && wanted[i] != wanted[same]) same = border[same - 1];
        if (wanted[i] == wanted[same]) ++same;
        border[i] = same;
    }
    int same = 0;
    for (int i = 0; i < static_cast<int>(steps.size()); ++i) {
        while (same > 0 && (same + 1 == m || steps[i] != wanted[same])) same = border[same - 1];
        if (steps[i] == wanted[same]) ++same;
        if (same + 1 == m) {
            int place = i + 2 - m;
            result.add(place, (text[place] - pattern[0] + 26) % 26);
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
