#include <cstdio>
#include <vector>

typedef long long ll;

ll gcd(ll a, ll b) {
    while (a != b) {
        if (a > b)
            a -= b;
        else
            b -= a;
    }
    return a;
}

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<ll> values(n);
    for (int i = 0; i < n; i++) {
        if (scanf("%lld", &values[i]) != 1) return 1;
    }

    ll sum = 0, coprime = 0, largest = 0;
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            ll a = values[i], b = values[j];
            ll g = gcd(a, b);
            sum += g;
            if (g == 1) coprime++;
            ll lcm = a / g * b;
            if (lcm > largest) largest = lcm;
        }
    }
    printf("%lld %lld %lld\n", sum, coprime, largest);
    return 0;
}
