#include <bits/stdc++.h>
using namespace std;

const int LIMIT = 450;

vector<int> smallPrimes;

void findSmallPrimes() {
    vector<bool> composite(LIMIT);
    for (int i = 2; i < LIMIT; i++) {
        if (composite[i]) continue;
        smallPrimes.push_back(i);
        for (int j = i * i; j < LIMIT; j += i) composite[j] = true;
    }
}

int smallestFactor(int n) {
    for (int p : smallPrimes) {
        if (p * p > n) break;
        if (n % p == 0) return p;
    }
    return n;
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
    findSmallPrimes();
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
