#include <cctype>
#include <iostream>
#include <string>

enum Name { Gap, Word, Number, Fraction, String, Comment, Error, Escape };

struct State {
    virtual ~State() = default;
    virtual Name next(char c) const = 0;
};

struct GapState : State {
    Name next(char c) const override {
        if (isalpha(c)) return Word;
        if (isdigit(c)) return Number;
        if (c == '"') return String;
        if (c == '#') return Comment;
        if (c == '.' || c == '\\') return Error;
        return Gap;
    }
};

struct WordState : GapState {
    Name next(char c) const override { return isalnum(c) ? Word : GapState::next(c); }
};

struct NumberState : GapState {
    Name next(char c) const override {
        if (isdigit(c)) return Number;
        if (c == '.') return Fraction;
        return isalpha(c) ? Error : GapState::next(c);
    }
};

struct FractionState : GapState {
    Name next(char c) const override {
        if (isdigit(c)) return Fraction;
        return c == '.' || isalpha(c) ? Error : GapState::next(c);
    }
};

struct StringState : State {
    Name next(char c) const override { return c == '"' ? Gap : c == '\\' ? Escape : String; }
};

struct CommentState : State {
    Name next(char c) const override { return c == ';' ? Gap : Comment; }
};

struct ErrorState : State {
    Name next(char c) const override { return c == ' ' || c == ';' ? Gap : Error; }
};

struct EscapeState : State {
    Name next(char) const override { return String; }
};

int main() {
    std::ios::sync_with_stdio(false);
    int n, laps;
    std::string tape;
    std::cin >> n >> laps >> std::ws;
    std::getline(std::cin, tape);

    const State* states[] = {new GapState,    new WordState,    new NumberState, new FractionState,
                             new StringState, new CommentState, new ErrorState,  new EscapeState};
    Name state = Gap;
    int length = 0;
    long long tokens[7] = {};
    unsigned checksum = 0;
    for (int lap = 0; lap < laps; lap++) {
        for (int i = 0; i < n; i++) {
            Name next = states[state]->next(tape[i]);
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
    for (const State* s : states) delete s;
    for (int kind = Word; kind <= Error; kind++) std::cout << tokens[kind] << (kind < Error ? ' ' : '\n');
    std::cout << checksum << '\n';
}
