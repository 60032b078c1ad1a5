#include <iostream>

using namespace std;

long long one;

long long floor_div(long long a, long long b) {
    long long quotient = a / b;
    if (a % b < 0) quotient--;
    return quotient;
}

long long mul(long long a, long long b) {
    return floor_div(a * b, one);
}

int escape_time(long long x, long long y, long long cx, long long cy, int limit) {
    int steps = 0;
    while (steps < limit && mul(x, x) + mul(y, y) <= 4 * one) {
        long long next_x = mul(x, x) - mul(y, y) + cx;
        long long next_y = mul(2 * x, y) + cy;
        x = next_x;
        y = next_y;
        steps++;
    }
    return steps;
}

int main() {
    int bits, views;
    cin >> bits >> views;
    one = 1LL << bits;
    for (int v = 0; v < views; v++) {
        long long cx, cy, x, y, step;
        int width, height, limit;
        cin >> cx >> cy >> x >> y >> step >> width >> height >> limit;
        int inside = 0;
        unsigned checksum = 0;
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                int steps = escape_time(x + step * j, y + step * i, cx, cy, limit);
                if (steps == limit) inside++;
                checksum = checksum * 31 + steps;
            }
        }
        cout << inside << ' ' << checksum << '\n';
    }
    return 0;
}
