#include <algorithm>
#include <iostream>
#include <string>

using namespace std;

long long digit_sum(long long n) {
    string digits = to_string(n);
    long long sum = 0;
    for (size_t i = 0; i < digits.size(); i++) sum += digits[i] - '0';
    return sum;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);

    int queries;
    cin >> queries;
    while (queries-- > 0) {
        long long first, last, divisor;
        cin >> first >> last >> divisor;
        long long total = 0, largest = 0, multiples = 0;
        for (long long n = first; n <= last; n++) {
            long long sum = digit_sum(n);
            total += sum;
            largest = max(largest, sum);
            if (sum % divisor == 0) multiples++;
        }
        cout << total << ' ' << largest << ' ' << multiples << '\n';
    }
    return 0;
}
