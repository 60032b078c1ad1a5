#include <bits/stdc++.h>
using namespace std;

long long smallestFactor(long long n) {
    for (long long d = 2; d * d <= n; d++) {
        if (n % d == 0) return d;
    }
    return n;
}

int main() {
    int q;
    cin >> q;
    while (q--) {
        long long lo, hi;
        cin >> lo >> hi;
        long long primes = 0, sum = 0;
        for (long long n = lo; n <= hi; n++) {
            long long f = smallestFactor(n);
            if (f == n) primes++;
            sum += f;
        }
        cout << primes << " " << sum << "\n";
    }
    return 0;
}
