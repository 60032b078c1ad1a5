#include <cctype>
#include <iostream>
#include <string>

using namespace std;

string expand(string packed) {
    string text;
    size_t i = 0;
    while (i < packed.size()) {
        string digits;
        while (isdigit(packed[i])) {
            digits = digits + packed[i];
            i++;
        }
        int times = stoi(digits);
        text = text + string(times, packed[i]);
        i++;
    }
    return text;
}

string bump(string text, size_t step) {
    string result;
    for (size_t i = 0; i < text.size(); i++) {
        char c = text[i];
        if (i % step == 0) {
            if (c == 'z') c = 'a';
            else c++;
        }
        result += c;
    }
    return result;
}

string compress(string text) {
    string packed;
    size_t i = 0;
    while (i < text.size()) {
        size_t j = i;
        while (j < text.size() && text[j] == text[i]) j++;
        packed = packed + to_string(j - i) + text[i];
        i = j;
    }
    return packed;
}

unsigned checksum(string packed) {
    unsigned sum = 0;
    for (size_t i = 0; i < packed.size(); i++) {
        sum = sum * 131 + packed[i];
    }
    return sum;
}

int main() {
    int rounds;
    string packed;
    cin >> rounds >> packed;
    for (int round = 1; round <= rounds; round++) {
        string text = expand(packed);
        text = bump(text, round % 7 + 3);
        packed = compress(text);
        cout << packed.size() << ' ' << checksum(packed) << '\n';
    }
    cout << packed << '\n';
    return 0;
}
