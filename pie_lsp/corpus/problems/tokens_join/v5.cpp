#include <algorithm>
#include <cctype>
#include <iostream>
#include <string>
#include <vector>

using namespace std;

vector<string> split(const string &line) {
    vector<string> tokens;
    size_t start = 0;
    while (true) {
        size_t end = line.find(' ', start);
        if (end == string::npos) break;
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

string turn(string token) {
    char first = token[0];
    token.erase(0, 1);
    token += first;
    for (char &c : token) c = swap_case(c);
    return token;
}

string join(vector<string> tokens) {
    string line;
    for (size_t i = 0; i < tokens.size(); i++) {
        if (i > 0) line += ' ';
        line += tokens[i];
    }
    return line;
}

string play_round(const string &line) {
    vector<string> tokens = split(line);
    for (string &token : tokens) token = turn(token);
    sort(tokens.begin(), tokens.end());
    return join(tokens);
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
