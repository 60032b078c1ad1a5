#include <algorithm>
#include <cctype>
#include <iostream>
#include <string>
#include <vector>

using namespace std;

vector<string> split(string line) {
    vector<string> tokens;
    string token;
    while (!line.empty()) {
        char c = line[0];
        line.erase(0, 1);
        if (c == ' ') {
            tokens.push_back(token);
            token = "";
        } else {
            token = token + c;
        }
    }
    tokens.push_back(token);
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
