#include <bits/stdc++.h>
using namespace std;

vector<int> factor;

void findFactors(int limit) {
    factor.assign(limit + 1, 0);
    for (int i = 2; i <= limit; i++) {
        if (factor[i]) continue;
        for (int j = i; j <= limit; j += i) {
            if (!factor[j]) factor[j] = i;
        }
    }
}

pair<int, long long> countPrimes(int lo, int hi) {
    int primes = 0;
    long long sum = 0;
    for (int n = lo; n <= hi; ++n) {
        int f = factor[n];
        primes += f == n;
        sum += f;
    }
    return {primes, sum};
}

int main() {
    int q;
    cin >> q;
    vector<pair<int, int>> ranges(q);
    int limit = 0;
    for (auto& [lo, hi] : ranges) {
        cin >> lo >> hi;
        limit = max(limit, hi);
    }
    findFactors(limit);
    for (auto [lo, hi] : ranges) {
        auto [primes, sum] = countPrimes(lo, hi);
        cout << primes << " " << sum << "\n";
    }
    return 0;
}
