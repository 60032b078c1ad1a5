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
    std::vector<long long> sums(k, 0);
    for (int i = 0; i < n; i++) {
        int x;
        if (scanf("%d", &x) != 1)
            return 1;
        values.push_back(x);
        for (int j = 0; j < k; j++) {
            sums[j] += x;
            int count = i + 1;
            if (count > widths[j]) {
                sums[j] -= values[i - widths[j]];
                count = widths[j];
            }
            printf("%d%c", floor_div(sums[j], count), j + 1 < k ? ' ' : '\n');
        }
    }
    return 0;
}
