#include <cctype>
#include <iostream>
#include <string>

enum Name { Gap, Word, Number, Fraction, String, Comment, Error, Escape };

Name from_gap(char c) {
    if (isalpha(c)) return Word;
    if (isdigit(c)) return Number;
    if (c == '"') return String;
    if (c == '#') return Comment;
    return c == '.' || c == '\\' ? Error : Gap;
}

Name step(Name state, char c) {
    if (state == Gap) return from_gap(c);
    if (state == Word) return isalnum(c) ? Word : from_gap(c);
    if (state == Number || state == Fraction) {
        if (isdigit(c)) return state;
        if (c == '.') return state == Number ? Fraction : Error;
        return isalpha(c) ? Error : from_gap(c);
    }
    if (state == Comment) return c == ';' ? Gap : Comment;
    if (state == Error) return c == ' ' || c == ';' ? Gap : Error;
    if (state == String && c == '"') return Gap;
    return state == String && c == '\\' ? Escape : String;
}

int main() {
    std::ios::sync_with_stdio(false);
    int n, laps;
    std::string tape;
    std::cin >> n >> laps >> std::ws;
    std::getline(std::cin, tape);

    Name state = Gap;
    int length = 0;
    long long tokens[7] = {};
    unsigned checksum = 0;
    for (int lap = 0; lap < laps; lap++) {
        for (int i = 0; i < n; i++) {
            Name next = step(state, tape[i]);
            Name kind = state == Escape ? String : state;
            if (kind != (next == Escape ? String : next)) {
                if (kind != Gap) {
                    tokens[kind]++;
                    checksum = checksum * 31 + kind * 64 + length;
                }
                length = 0;
            }
            length++;
            state = next;
        }
    }
    for (int kind = Word; kind <= Error; kind++) std::cout << tokens[kind] << (kind < Error ? ' ' : '\n');
    std::cout << checksum << '\n';
}
