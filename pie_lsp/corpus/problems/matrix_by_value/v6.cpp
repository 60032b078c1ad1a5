#include <cstdio>
const int MAX = 16;

struct Matrix {
    int size;
    int cells[MAX][MAX];
};


Matrix multiply(const Matrix &a, const Matrix &b, int p) {
    int n = a.size;
    Matrix c = {n, {}};
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < n; j++) c.cells[i][j] += a.cells[i][k] * b.cells[k][j];
        }
        for (int j = 0; j < n; j++) c.cells[i][j] %= p;
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
        Matrix base = {n, {}};
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (scanf("%d", &base.cells[i][j]) != 1) return 1;
            }
        }
        Matrix result = power(base, exponent, p);
        int trace = 0;
        unsigned sum = 0;
        for (int i = 0; i < n; i++) {
            trace = (trace + result.cells[i][i]) % p;
            for (int j = 0; j < n; j++) sum = sum * 101 + result.cells[i][j];
        }
        printf("%d %u\n", trace, sum);
    }
    return 0;
}
