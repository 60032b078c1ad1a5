#include <bits/stdc++.h>

using namespace std;

struct Point {
    int x, y;
};

struct Step {
    char kind;
    int dx, dy;
};

typedef vector<Point> Piece;

Piece moved(const Piece &piece, int dx, int dy) {
    Piece result;
    for (Point p : piece) result.push_back({p.x + dx, p.y + dy});
    return result;
}

Piece flipped(const Piece &piece) {
    Piece result;
    for (Point p : piece) result.push_back({-p.x, p.y});
    return result;
}

Piece turned(const Piece &piece) {
    Piece result;
    for (Point p : piece) result.push_back({-p.y, p.x});
    return result;
}

long long doubled_area(const Piece &piece) {
    long long area = 0;
    Point p = piece.back();
    for (Point q : piece) {
        area += (long long)p.x * q.y - (long long)p.y * q.x;
        p = q;
    }
    return area;
}

int main() {
    int pieces, count, rounds;
    cin >> pieces >> count >> rounds;
    vector<Piece> table(pieces);
    for (int i = 0; i < pieces; i++) {
        int size;
        cin >> size;
        table[i].resize(size);
        for (Point &p : table[i]) cin >> p.x >> p.y;
    }
    vector<Step> steps(count);
    for (Step &step : steps) cin >> step.kind >> step.dx >> step.dy;
    for (int round = 0; round < rounds; round++) {
        long long sum = 0;
        for (int i = 0; i < pieces; i++) {
            for (Step step : steps) {
                if (step.kind == 'M') table[i] = moved(table[i], step.dx, step.dy);
                else if (step.kind == 'F') table[i] = flipped(table[i]);
                else table[i] = turned(table[i]);
            }
            int left = INT_MAX, right = INT_MIN, low = INT_MAX, high = INT_MIN;
            for (Point p : table[i]) {
                left = min(left, p.x);
                right = max(right, p.x);
                low = min(low, p.y);
                high = max(high, p.y);
            }
            sum = (sum * 7 + doubled_area(table[i]) + left + 2 * right + 3 * low + 4 * high) % 1000000007;
        }
        cout << sum << endl;
    }
    return 0;
}
