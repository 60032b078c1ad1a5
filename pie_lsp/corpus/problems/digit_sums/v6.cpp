#include <iostream>

using namespace std;

const int MAX_SUM = 81;

int pair_sums[100];

void fill_pair_sums() {
    for (int i = 0; i < 100; i++) pair_sums[i] = i / 10 + i % 10;
}

int digit_sum(int n) {
    int sum = 0;
    while (n > 0) {
        sum += pair_sums[n % 100];
        n /= 100;
    }
    return sum;
}

struct Summary {
    int total = 0, largest = 0, multiples = 0;
};

Summary summarize(int first, int last, int divisor) {
    Summary summary;
    int count[MAX_SUM + 1] = {};
    for (int n = first; n <= last; n++) count[digit_sum(n)]++;
    for (int sum = 1; sum <= MAX_SUM; sum++) {
        if (count[sum] == 0) continue;
        summary.total += sum * count[sum];
        summary.largest = sum;
        if (sum % divisor == 0) summary.multiples += count[sum];
    }
    return summary;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);

    fill_pair_sums();
    int queries;
    cin >> queries;
    for (int i = 0; i < queries; i++) {
        int first, last, divisor;
        cin >> first >> last >> divisor;
        Summary summary = summarize(first, last, divisor);
        cout << summary.total << ' ' << summary.largest << ' ' << summary.multiples << '\n';
    }
    return 0;
}
