#include <iostream>
#include <string>

enum Name { Gap, Word, Number, Fraction, String, Comment, Error, Escape };

enum Class { Blank, Letter, Digit, Quote, Hash, Dot, Backslash, Semicolon };

Class classes[128];

void make_classes() {
    for (char c = 'a'; c <= 'z'; c++) classes[(int)c] = Letter;
    for (char c = '0'; c <= '9'; c++) classes[(int)c] = Digit;
    classes['"'] = Quote;
    classes['#'] = Hash;
    classes['.'] = Dot;
    classes['\\'] = Backslash;
    classes[';'] = Semicolon;
}

Name from_gap(Class c) {
    if (c == Letter) return Word;
    if (c == Digit) return Number;
    if (c == Quote) return String;
    if (c == Hash) return Comment;
    return c == Dot || c == Backslash ? Error : Gap;
}

Name step(Name state, Class c) {
    if (state == Gap) return from_gap(c);
    if (state == Word) return c == Letter || c == Digit ? Word : from_gap(c);
    if (state == Number || state == Fraction) {
        if (c == Digit) return state;
        if (c == Dot) return state == Number ? Fraction : Error;
        return c == Letter ? Error : from_gap(c);
    }
    if (state == Comment) return c == Semicolon ? Gap : Comment;
    if (state == Error) return c == Blank || c == Semicolon ? Gap : Error;
    if (state == String && c == Quote) return Gap;
    return state == String && c == Backslash ? Escape : String;
}

int main() {
    std::ios::sync_with_stdio(false);
    int n, laps;
    std::string tape;
    std::cin >> n >> laps >> std::ws;
    std::getline(std::cin, tape);

    make_classes();
    Name state = Gap;
    int length = 0;
    long long tokens[7] = {};
    unsigned checksum = 0;
    for (int lap = 0; lap < laps; lap++) {
        for (int i = 0; i < n; i++) {
            Name next = step(state, classes[(int)tape[i]]);
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
