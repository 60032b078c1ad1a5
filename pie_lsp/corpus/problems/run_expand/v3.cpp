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
            digits += packed[i];
            i++;
        }
        int times = stoi(digits);
        text.append(times, packed[i]);
        i++;
    }
    return text;
}

char next_letter(char c) {
    return c == 'z' ? 'a' : static_cast<char>(c + 1);
}

string bump(string text, size_t step) {
    string result;
    size_t position = 0;
    for (char c : text) {
        result.push_back(position % step == 0 ? next_letter(c) : c);
        ++position;
    }
    return result;
}

string compress(string text) {
    string packed;
    size_t i = 0;
    while (i < text.size()) {
        size_t j = i;
        while (j < text.size() && text[j] == text[i]) j++;
        packed += to_string(j - i);
        packed += text[i];
        i = j;
    }
    return packed;
}

unsigned checksum(string packed) {
    unsigned sum = 0;
    for (char c : packed) {
        sum = sum * 131 + c;
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
