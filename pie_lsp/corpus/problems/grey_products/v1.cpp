#include <iostream>
#include <vector>

using namespace std;

using Table = vector<vector<long long>>;

Table product(Table a, Table b) {
    int n = a.size();
    Table c(n, vector<long long>(n));
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                c[i][j] = (c[i][j] + a[i][k] * b[k][j]) % 65521;
            }
        }
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
        Table table(n, vector<long long>(n));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) table[i][j] = (a * i + b * j + i * j) % 256;
        }
        all = t == 0 ? table : product(all, table);
    }
    long long sum = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            cout << all[i][j] << (j + 1 < n ? " " : "\n");
            sum += all[i][j];
        }
    }
    cout << sum << '\n';
    return 0;
}
