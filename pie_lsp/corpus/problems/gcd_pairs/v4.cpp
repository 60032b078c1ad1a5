#include <algorithm>
#include <cstdio>
#include <vector>

typedef long long ll;

int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
}

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<int> values(n);
    for (int& value : values) {
        if (scanf("%d", &value) != 1) return 1;
    }

    ll sum = 0;
    int coprime = 0, largest = 0;
    for (int i = 0; i < n; i++) {
        int a = values[i];
        for (int j = i + 1; j < n; j++) {
            int b = values[j], g = gcd(a, b);
            sum += g;
            coprime += g == 1;
            largest = std::max(largest, a / g * b);
        }
    }
    printf("%lld %d %d\n", sum, coprime, largest);
    return 0;
}
