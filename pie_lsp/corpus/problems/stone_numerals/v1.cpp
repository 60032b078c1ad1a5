#include <iostream>
#include <map>
#include <string>

using namespace std;

string to_roman(int number) {
    map<int, string> signs = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
                              {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
    string text;
    while (number > 0) {
        int largest = 0;
        for (pair<int, string> sign : signs) {
            if (sign.first <= number) largest = sign.first;
        }
        text = text + signs[largest];
        number -= largest;
    }
    return text;
}

int from_roman(string text) {
    map<string, int> values = {{"I", 1}, {"V", 5}, {"X", 10}, {"L", 50}, {"C", 100}, {"D", 500}, {"M", 1000}};
    int number = 0, before = 0;
    while (text != "") {
        int value = values[text.substr(text.size() - 1)];
        number += value < before ? -value : value;
        before = value;
        text = text.substr(0, text.size() - 1);
    }
    return number;
}

int age_of(const string& born, const string& died) {
    return from_roman(died) - from_roman(born);
}

int main() {
    int n;
    cin >> n;
    long long sum = 0;
    for (int i = 0; i < n; i++) {
        string born, died;
        cin >> born >> died;
        int age = age_of(born, died);
        cout << (age == 0 ? "-" : to_roman(age)) << endl;
        sum += age;
    }
    cout << sum << endl;
    return 0;
}
