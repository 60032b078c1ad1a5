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

Piece transformed(const Piece &piece, const Step &step) {
    switch (step.kind) {
        case 'M': return moved(piece, step.dx, step.dy);
        case 'F': return flipped(piece);
        default: return turned(piece);
    }
}

long long box_code(const Piece &piece) {
    vector<int> xs, ys;
    xs.reserve(piece.size());
    ys.reserve(piece.size());
    for (const Point &p : piece) {
        xs.push_back(p.x);
        ys.push_back(p.y);
    }
    auto [left, right] = minmax_element(xs.begin(), xs.end());
    auto [low, high] = minmax_element(ys.begin(), ys.end());
    return *left + 2 * *right + 3 * *low + 4 * *high;
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
        for (Piece &piece : table) {
            for (const Step &step : steps) piece = transformed(piece, step);
            sum = (sum * 7 + doubled_area(piece) + box_code(piece)) % 1000000007;
        }
        cout << sum << endl;
    }
    return 0;
}
