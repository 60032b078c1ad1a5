#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

using namespace std;

const string SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz";
const int LIMBS = 8;

void trim(vector<unsigned>& limbs) {
    while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
}

vector<unsigned> parse_hex(const string& hex) {
    vector<unsigned> limbs(LIMBS);
    for (size_t i = 0; i < hex.size(); i++) {
        size_t position = hex.size() - 1 - i;
        limbs[i / 4] |= unsigned(SYMBOLS.find(hex[position])) << (i % 4 * 4);
    }
    trim(limbs);
    return limbs;
}

unsigned divide(vector<unsigned>& limbs, unsigned divisor) {
    unsigned rest = 0;
    for (int i = (int)limbs.size() - 1; i >= 0; i--) {
        unsigned value = rest << 16 | limbs[i];
        limbs[i] = value / divisor;
        rest = value % divisor;
    }
    trim(limbs);
    return rest;
}

unsigned bits_at(const vector<unsigned>& limbs, size_t position, unsigned count) {
    size_t i = position / 16;
    unsigned value = limbs[i];
    if (i + 1 < limbs.size()) value |= limbs[i + 1] << 16;
    return value >> position % 16 & ((1u << count) - 1);
}

string to_base_of_bits(const vector<unsigned>& limbs, unsigned bits) {
    string text;
    for (size_t position = 0; position < 16 * limbs.size(); position += bits) {
        text += SYMBOLS[bits_at(limbs, position, bits)];
    }
    while (text.back() == '0') text.pop_back();
    reverse(text.begin(), text.end());
    return text;
}

string to_base(vector<unsigned> limbs, unsigned base) {
    for (unsigned bits = 1; bits <= 5; bits++) {
        if (base == 1u << bits) return to_base_of_bits(limbs, bits);
    }
    string text;
    while (!limbs.empty()) {
        unsigned two_digits = divide(limbs, base * base);
        text += SYMBOLS[two_digits % base];
        text += SYMBOLS[two_digits / base];
    }
    if (text.back() == '0') text.pop_back();
    reverse(text.begin(), text.end());
    return text;
}

int main() {
    int queries;
    cin >> queries;
    for (int q = 0; q < queries; q++) {
        unsigned first, last;
        string hex;
        cin >> first >> last >> hex;
        vector<unsigned> number = parse_hex(hex);
        unsigned checksum = 0;
        string text;
        for (unsigned base = first; base <= last; base++) {
            text = to_base(number, base);
            for (char symbol : text) checksum = checksum * 131 + symbol;
        }
        cout << text << ' ' << checksum << endl;
    }
    return 0;
}
