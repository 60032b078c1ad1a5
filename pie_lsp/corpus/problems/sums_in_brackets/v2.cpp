#include <cstdlib>
#include <iostream>
#include <string>

using namespace std;

long long modulo;

int find_outside(const string& term, int first, int end, char sign) {
    int depth = 0;
    for (int i = end - 1; i >= first; i--) {
        if (term[i] == ')') depth++;
        if (term[i] == '(') depth--;
        if (depth == 0 && term[i] == sign) return i;
    }
    return -1;
}

long long value_of(const string& term, int first, int end) {
    int plus = find_outside(term, first, end, '+');
    if (plus >= 0) return (value_of(term, first, plus) + value_of(term, plus + 1, end)) % modulo;
    int times = find_outside(term, first, end, '*');
    if (times >= 0) return value_of(term, first, times) * value_of(term, times + 1, end) % modulo;
    if (term[first] == '(') return value_of(term, first + 1, end - 1);
    return strtoll(term.c_str() + first, nullptr, 10) % modulo;
}

int main() {
    int n;
    cin >> n >> modulo;
    for (int i = 0; i < n; i++) {
        string term;
        cin >> term;
        cout << value_of(term, 0, term.size()) << endl;
    }
    return 0;
}
