#include <algorithm>
#include <cstdio>
#include <vector>

typedef long long ll;

ll gcd(ll a, ll b) {
    return b == 0 ? a : gcd(b, a % b);
}

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<ll> values(n);
    for (ll& value : values) {
        if (scanf("%lld", &value) != 1) return 1;
    }

    ll sum = 0, coprime = 0, largest = 0;
    for (int i = 0; i < n; i++) {
        ll a = values[i];
        for (int j = i + 1; j < n; j++) {
            ll b = values[j], g = gcd(a, b);
            sum += g;
            coprime += g == 1;
            largest = std::max(largest, a / g * b);
        }
    }
    printf("%lld %lld %lld\n", sum, coprime, largest);
    return 0;
}
