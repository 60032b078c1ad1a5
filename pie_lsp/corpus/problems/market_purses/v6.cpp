#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_map>

using namespace std;

string input;
size_t at = 0;

string_view next_word() {
    size_t end = at;
    while (input[end] != ' ' && input[end] != '\n') end++;
    string_view word(input.data() + at, end - at);
    at = end + 1;
    return word;
}

long long next_number() {
    long long number = 0;
    for (char digit : next_word()) number = number * 10 + (digit - '0');
    return number;
}

int main() {
    char block[1 << 16];
    for (size_t got; (got = fread(block, 1, sizeof block, stdin)) > 0;) input.append(block, got);
    int n = next_number(), refused = 0;
    unordered_map<string_view, long long> purses;
    string output;
    for (int i = 0; i < n; i++) {
        string_view event = next_word(), name = next_word();
        long long amount = next_number();
        long long& purse = purses[name];
        if (event[0] == 'e') {
            purse += amount;
        } else if (event[0] == 'c') {
            output += to_string(purse);
            output += '\n';
        } else if (purse >= amount) {
            purse -= amount;
        } else {
            refused++;
        }
    }
    output += to_string(refused);
    output += '\n';
    fwrite(output.data(), 1, output.size(), stdout);
    return 0;
}
