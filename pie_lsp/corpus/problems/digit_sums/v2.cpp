#include <algorithm>
#include <iostream>

using namespace std;

long long digit_sum(long long n) {
    long long sum = 0;
    while (n > 0) {
        sum += n % 10;
        n /= 10;
    }
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
