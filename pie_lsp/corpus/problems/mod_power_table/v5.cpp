#include <algorithm>
#include <cstdio>
#include <vector>

using namespace std;

long long p;

long long add(long long a, long long b) {
    long long sum = a + b;
    return sum >= p ? sum - p : sum;
}

long long multiply(long long a, long long b) {
    return a * b % p;
}

long long power(long long a, int e) {
    long long result = 1;
    while (e > 0) {
        if (e % 2 == 1) result = multiply(result, a);
        a = multiply(a, a);
        e /= 2;
    }
    return result;
}

long long power_sum(int n, int k) {
    long long sum = 0;
    for (int i = 1; i <= n; i++) sum = add(sum, power(i, k));
    return sum;
}

long long binomial(int n, int k) {
    vector<long long> row(k + 1);
    row[0] = 1;
    for (int i = 1; i <= n; i++) {
        for (int j = min(i, k); j > 0; j--) row[j] = add(row[j], row[j - 1]);
    }
    return row[k];
}

int main() {
    int queries;
    if (scanf("%lld %d", &p, &queries) != 2) return 1;
    for (int q = 0; q < queries; q++) {
        int n, k;
        if (scanf("%d %d", &n, &k) != 2) return 1;
        printf("%lld %lld\n", power_sum(n, k), binomial(n, k));
    }
    return 0;
}
