#include <bits/stdc++.h>
using namespace std;

int smallestFactor(int n) {
    if (n % 2 == 0) return 2;
    int d = 3;
    while (d * d <= n && n % d != 0) d += 2;
    return d * d <= n ? d : n;
}

pair<int, long long> countPrimes(int lo, int hi) {
    int primes = 0;
    long long sum = 0;
    for (int n = lo; n <= hi; ++n) {
        int f = smallestFactor(n);
        primes += f == n;
        sum += f;
    }
    return {primes, sum};
}

int main() {
    int q;
    cin >> q;
    while (q--) {
        int lo, hi;
        cin >> lo >> hi;
        auto [primes, sum] = countPrimes(lo, hi);
        cout << primes << " " << sum << "\n";
    }
    return 0;
}
