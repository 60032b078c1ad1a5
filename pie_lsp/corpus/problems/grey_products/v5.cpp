#include <iostream>
#include <vector>

using namespace std;

using Table = vector<unsigned>;

Table product(const Table& a, const Table& b, int n) {
    Table c(n * n);
    // A product is below 65521 * 256, so 200 of them fit 32 bits.
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) {
                c[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }
        for (int j = 0; j < n; j++) c[i * n + j] %= 65521;
    }
    return c;
}

int main() {
    int n, tables;
    cin >> n >> tables;
    Table all;
    for (int t = 0; t < tables; t++) {
        int a, b;
        cin >> a >> b;
        Table table(n * n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) table[i * n + j] = (a * i + b * j + i * j) % 256;
        }
        all = t == 0 ? table : product(all, table, n);
    }
    long long sum = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            cout << all[i * n + j] << (j + 1 < n ? " " : "\n");
            sum += all[i * n + j];
        }
    }
    cout << sum << '\n';
    return 0;
}
