#include <iostream>
#include <string>

using namespace std;

const int VALUES[] = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
const char* const SIGNS[] = {"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"};

string to_roman(int number) {
    string text;
    for (int i = 0; i < 13; i++) {
        while (number >= VALUES[i]) {
            text += SIGNS[i];
            number -= VALUES[i];
        }
    }
    return text;
}

int value_of(char letter) {
    switch (letter) {
        case 'I': return 1;
        case 'V': return 5;
        case 'X': return 10;
        case 'L': return 50;
        case 'C': return 100;
        case 'D': return 500;
        default: return 1000;
    }
}

int from_roman(const string& text) {
    int number = 0, before = 0;
    for (size_t i = text.size(); i-- > 0;) {
        int value = value_of(text[i]);
        number += value < before ? -value : value;
        before = value;
    }
    return number;
}

int age_of(const string& born, const string& died) {
    return from_roman(died) - from_roman(born);
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n;
    cin >> n;
    long long sum = 0;
    for (int i = 0; i < n; i++) {
        string born, died;
        cin >> born >> died;
        int age = age_of(born, died);
        cout << (age == 0 ? "-" : to_roman(age)) << '\n';
        sum += age;
    }
    cout << sum << '\n';
    return 0;
}
