#include <algorithm>
#include <cstdio>
#include <vector>

typedef long long ll;

const int SMALL = 64;

int small_gcd[SMALL][SMALL];

void fill_small_gcd() {
    for (int a = 0; a < SMALL; a++) {
        small_gcd[a][0] = a;
        for (int b = 1; b <= a; b++) small_gcd[a][b] = small_gcd[b][a % b];
    }
}

int gcd(int a, int b) {
    if (a < SMALL) return small_gcd[a][b];
    return b == 0 ? a : gcd(b, a % b);
}

int main() {
    int n;
    if (scanf("%d", &n) != 1) return 1;
    std::vector<int> values(n);
    for (int& value : values) {
        if (scanf("%d", &value) != 1) return 1;
    }

    fill_small_gcd();
    ll sum = 0;
    int coprime = 0, largest = 0;
    for (int i = 0; i < n; i++) {
        int a = values[i];
        for (int j = i + 1; j < n; j++) {
            int b = values[j], g = gcd(std::max(a, b), std::min(a, b));
            sum += g;
            coprime += g == 1;
            largest = std::max(largest, a / g * b);
        }
    }
    printf("%lld %d %d\n", sum, coprime, largest);
    return 0;
}
