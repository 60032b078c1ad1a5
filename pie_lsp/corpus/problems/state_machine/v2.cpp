#include <cctype>
#include <iostream>
#include <string>

enum Name { Gap, Word, Number, Fraction, String, Comment, Error, Escape };

Name step(Name state, char c) {
    switch (state) {
        case String:
            return c == '"' ? Gap : c == '\\' ? Escape : String;
        case Escape:
            return String;
        case Comment:
            return c == ';' ? Gap : Comment;
        case Error:
            return c == ' ' || c == ';' ? Gap : Error;
        case Word:
            if (isalnum(c)) return Word;
            break;
        case Number:
            if (isdigit(c)) return Number;
            if (c == '.') return Fraction;
            if (isalpha(c)) return Error;
            break;
        case Fraction:
            if (isdigit(c)) return Fraction;
            if (c == '.' || isalpha(c)) return Error;
            break;
        case Gap:
            break;
    }
    if (isalpha(c)) return Word;
    if (isdigit(c)) return Number;
    if (c == '"') return String;
    if (c == '#') return Comment;
    if (c == '.' || c == '\\') return Error;
    return Gap;
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
