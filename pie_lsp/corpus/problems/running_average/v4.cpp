#include <cstdio>
#include <deque>
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

    std::vector<std::deque<int>> windows(k);
    std::vector<long long> sums(k, 0);
    for (int i = 0; i < n; i++) {
        int x = read_int();
        for (int j = 0; j < k; j++) {
            std::deque<int>& window = windows[j];
            window.push_back(x);
            sums[j] += x;
            if ((int)window.size() > widths[j]) {
                sums[j] -= window.front();
                window.pop_front();
            }
            printf("%d%c", floor_div(sums[j], (int)window.size()), j + 1 < k ? ' ' : '\n');
        }
    }
    return 0;
}
