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
    for (size_t i = 0; i < token.size(); i++) token[i] = swap_case(token[i]);
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

int main() {
    int rounds;
    cin >> rounds;
    cin.ignore();
    string line;
    while (getline(cin, line)) {
        for (int round = 0; round < rounds; round++) {
            vector<string> tokens = split(line);
            for (size_t i = 0; i < tokens.size(); i++) {
                tokens[i] = turn(tokens[i]);
            }
            sort(tokens.begin(), tokens.end());
            line = join(tokens);
        }
        cout << line << endl;
    }
    return 0;
}
