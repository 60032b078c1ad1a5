#include <algorithm>
#include <cctype>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

using namespace std;

vector<string_view> split(string_view line) {
    vector<string_view> tokens;
    size_t start = 0;
    while (true) {
        size_t end = line.find(' ', start);
        if (end == string_view::npos) break;
        tokens.push_back(line.substr(start, end - start));
        start = end + 1;
    }
    tokens.push_back(line.substr(start));
    return tokens;
}

char swap_case(char c) {
    if (isupper(c)) return tolower(c);
    return toupper(c);
}

void turn_all(string &line) {
    size_t start = 0;
    while (start < line.size()) {
        size_t end = min(line.find(' ', start), line.size());
        char first = line[start];
        for (size_t i = start; i + 1 < end; ++i) line[i] = swap_case(line[i + 1]);
        line[end - 1] = swap_case(first);
        start = end + 1;
    }
}

string join(const vector<string_view> &tokens, size_t length) {
    string line;
    line.reserve(length);
    for (size_t i = 0; i < tokens.size(); i++) {
        if (i > 0) line += ' ';
        line += tokens[i];
    }
    return line;
}

string play_round(string &line) {
    turn_all(line);
    vector<string_view> tokens = split(line);
    sort(tokens.begin(), tokens.end());
    return join(tokens, line.size());
}

int main() {
    int rounds;
    cin >> rounds;
    cin.ignore();
    string line;
    while (getline(cin, line)) {
        for (int round = 0; round < rounds; ++round) line = play_round(line);
        cout << line << endl;
    }
    return 0;
}
