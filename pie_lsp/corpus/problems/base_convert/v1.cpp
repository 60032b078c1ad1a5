#include <iostream>
#include <string>
#include <vector>

using namespace std;

const string SYMBOLS = "0123456789abcdefghijklmnopqrstuvwxyz";
const int LIMBS = 8;

vector<unsigned> parse_hex(const string& hex) {
    vector<unsigned> limbs(LIMBS);
    for (size_t i = 0; i < hex.size(); i++) {
        size_t position = hex.size() - 1 - i;
        limbs[i / 4] |= unsigned(SYMBOLS.find(hex[position])) << (i % 4 * 4);
    }
    return limbs;
}

bool is_zero(const vector<unsigned>& limbs) {
    for (unsigned limb : limbs) {
        if (limb != 0) return false;
    }
    return true;
}

unsigned divide(vector<unsigned>& limbs, unsigned divisor) {
    unsigned rest = 0;
    for (int i = (int)limbs.size() - 1; i >= 0; i--) {
        unsigned value = rest << 16 | limbs[i];
        limbs[i] = value / divisor;
        rest = value % divisor;
    }
    return rest;
}

string to_base(vector<unsigned> limbs, unsigned base) {
    string text;
    while (!is_zero(limbs)) {
        unsigned digit = divide(limbs, base);
        text = SYMBOLS[digit] + text;
    }
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
