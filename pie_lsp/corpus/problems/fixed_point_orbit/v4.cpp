#include <iostream>
#include <vector>

using namespace std;

int one;

int floor_div(int a, int b) {
    int quotient = a / b;
    if (a % b < 0) quotient--;
    return quotient;
}

int mul(int a, int b) {
    return floor_div(a * b, one);
}

int escape_time(int x, int y, int cx, int cy, int limit) {
    for (int steps = 0; steps < limit; steps++) {
        int xx = mul(x, x);
        int yy = mul(y, y);
        if (xx + yy > 4 * one) return steps;
        y = mul(2 * x, y) + cy;
        x = xx - yy + cx;
    }
    return limit;
}

int main() {
    int bits, views;
    cin >> bits >> views;
    one = 1 << bits;
    for (int v = 0; v < views; v++) {
        int cx, cy, x, y, step;
        int width, height, limit;
        cin >> cx >> cy >> x >> y >> step >> width >> height >> limit;
        vector<int> times;
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                times.push_back(escape_time(x + step * j, y + step * i, cx, cy, limit));
            }
        }
        int inside = 0;
        unsigned checksum = 0;
        for (int steps : times) {
            if (steps == limit) inside++;
            checksum = checksum * 31 + steps;
        }
        cout << inside << ' ' << checksum << '\n';
    }
    return 0;
}
