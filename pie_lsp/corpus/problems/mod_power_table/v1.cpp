#include <cstdio>
#include <vector>

using namespace std;

long long p;

long long power(long long a, int e) {
    long long result = 1;
    for (int i = 0; i < e; i++) result = result * a % p;
    return result;
}

long long power_sum(int n, int k) {
    long long sum = 0;
    for (int i = 1; i <= n; i++) sum = (sum + power(i, k)) % p;
    return sum;
}

long long binomial(int n, int k) {
    vector<long long> row(k + 1);
    row[0] = 1;
    for (int i = 1; i <= n; i++) {
        for (int j = k; j > 0; j--) row[j] = (row[j] + row[j - 1]) % p;
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
