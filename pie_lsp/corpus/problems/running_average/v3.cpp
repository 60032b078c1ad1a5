#include <cstdio>
#include <vector>

int read_int() {
    int c = getchar_unlocked();
    while (c != '-' && (c < '0' || c > '9'))
        c = getchar_unlocked();
    int sign = 1;
    if (c == '-') {
        sign = -1;
        c = getchar_unlocked();
    }
    int x = 0;
    while (c >= '0' && c <= '9') {
        x = x * 10 + (c - '0');
        c = getchar_unlocked();
    }
    return sign * x;
}

int floor_div(long long a, int b) {
    long long quotient = a / b;
    if (a % b < 0)
        quotient--;
    return (int)quotient;
}

int main() {
    int n = read_int();
    int k = read_int();
    std::vector<int> widths(k);
    for (int j = 0; j < k; j++)
        widths[j] = read_int();

    std::vector<int> values;
    std::vector<long long> sums(k, 0);
    for (int i = 0; i < n; i++) {
        int x = read_int();
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
