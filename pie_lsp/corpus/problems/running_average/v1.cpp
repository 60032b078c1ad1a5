#include <cstdio>
#include <vector>

int floor_div(long long a, int b) {
    long long quotient = a / b;
    if (a % b < 0)
        quotient--;
    return (int)quotient;
}

int main() {
    int n, k;
    if (scanf("%d %d", &n, &k) != 2)
        return 1;
    std::vector<int> widths(k);
    for (int j = 0; j < k; j++)
        if (scanf("%d", &widths[j]) != 1)
            return 1;

    std::vector<int> values;
    for (int i = 0; i < n; i++) {
        int x;
        if (scanf("%d", &x) != 1)
            return 1;
        values.push_back(x);
        for (int j = 0; j < k; j++) {
            int first = i + 1 >= widths[j] ? i + 1 - widths[j] : 0;
            long long sum = 0;
            for (int p = first; p <= i; p++)
                sum += values[p];
            printf("%d%c", floor_div(sum, i + 1 - first), j + 1 < k ? ' ' : '\n');
        }
    }
    return 0;
}
