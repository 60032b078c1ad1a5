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

struct Summary {
    long long total = 0, largest = 0, multiples = 0;
};

Summary summarize(long long first, long long last, long long divisor) {
    Summary summary;
    for (long long n = first; n <= last; n++) {
        long long sum = digit_sum(n);
        summary.total += sum;
        summary.largest = max(summary.largest, sum);
        if (sum % divisor == 0) summary.multiples++;
    }
    return summary;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);

    int queries;
    cin >> queries;
    for (int i = 0; i < queries; i++) {
        long long first, last, divisor;
        cin >> first >> last >> divisor;
        Summary summary = summarize(first, last, divisor);
        cout << summary.total << ' ' << summary.largest << ' ' << summary.multiples << '\n';
    }
    return 0;
}
