#include <iostream>
#include <string>

using namespace std;

long long modulo;

int find_outside(string term, char sign) {
    int depth = 0;
    for (int i = (int)term.size() - 1; i >= 0; i--) {
        if (term[i] == ')') depth++;
        if (term[i] == '(') depth--;
        if (depth == 0 && term[i] == sign) return i;
    }
    return -1;
}

long long value_of(string term) {
    int plus = find_outside(term, '+');
    if (plus >= 0) {
        return (value_of(term.substr(0, plus)) + value_of(term.substr(plus + 1))) % modulo;
    }
    int times = find_outside(term, '*');
    if (times >= 0) {
        return value_of(term.substr(0, times)) * value_of(term.substr(times + 1)) % modulo;
    }
    if (term[0] == '(') return value_of(term.substr(1, term.size() - 2));
    return stoll(term) % modulo;
}

int main() {
    int n;
    cin >> n >> modulo;
    for (int i = 0; i < n; i++) {
        string term;
        cin >> term;
        cout << value_of(term) << endl;
    }
    return 0;
}
