#include <cstdio>
#include <vector>

using namespace std;

typedef vector<vector<int>> Matrix;

Matrix multiply(Matrix a, Matrix b, int p) {
    int n = a.size();
    Matrix c(n, vector<int>(n, 0));
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                c[i][j] = (c[i][j] + a[i][k] * b[k][j]) % p;
            }
        }
    }
    return c;
}

Matrix power(Matrix base, long long exponent, int p) {
    if (exponent == 1) return base;
    Matrix half = power(base, exponent / 2, p);
    Matrix result = multiply(half, half, p);
    if (exponent % 2 == 1) result = multiply(result, base, p);
    return result;
}

int main() {
    int cases;
    if (scanf("%d", &cases) != 1) return 1;
    while (cases--) {
        int n, p;
        long long exponent;
        if (scanf("%d %d %lld", &n, &p, &exponent) != 3) return 1;
        Matrix base(n, vector<int>(n));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (scanf("%d", &base[i][j]) != 1) return 1;
            }
        }
        Matrix result = power(base, exponent, p);
        int trace = 0;
        unsigned sum = 0;
        for (int i = 0; i < n; i++) {
            trace = (trace + result[i][i]) % p;
            for (int j = 0; j < n; j++) sum = sum * 101 + result[i][j];
        }
        printf("%d %u\n", trace, sum);
    }
    return 0;
}
