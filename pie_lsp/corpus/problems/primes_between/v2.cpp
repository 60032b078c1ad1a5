#include <bits/stdc++.h>
using namespace std;

int smallestFactor(int n) {
    for (int d = 2; d * d <= n; d++) {
        if (n % d == 0) return d;
    }
    return n;
}

int main() {
    int q;
    cin >> q;
    while (q--) {
        int lo, hi;
        cin >> lo >> hi;
        int primes = 0;
        long long sum = 0;
        for (int n = lo; n <= hi; n++) {
            int f = smallestFactor(n);
            if (f == n) primes++;
            sum += f;
        }
        cout << primes << " " << sum << "\n";
    }
    return 0;
}
