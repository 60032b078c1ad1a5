#include <cctype>
#include <iostream>
#include <string>

using namespace std;

long long modulo;

struct Reader {
    const string& term;
    size_t at = 0;

    long long sum() {
        long long value = product();
        while (at < term.size() && term[at] == '+') {
            at++;
            value = (value + product()) % modulo;
        }
        return value;
    }

    long long product() {
        long long value = factor();
        while (at < term.size() && term[at] == '*') {
            at++;
            value = value * factor() % modulo;
        }
        return value;
    }

    long long factor() {
        if (term[at] == '(') {
            at++;
            long long value = sum();
            at++;
            return value;
        }
        string digits;
        while (at < term.size() && isdigit(term[at])) digits += term[at++];
        return stoll(digits) % modulo;
    }
};

int main() {
    int n;
    cin >> n >> modulo;
    for (int i = 0; i < n; i++) {
        string term;
        cin >> term;
        Reader reader{term};
        cout << reader.sum() << endl;
    }
    return 0;
}
