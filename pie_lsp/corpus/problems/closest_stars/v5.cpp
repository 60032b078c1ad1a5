#include <algorithm>
#include <cmath>
#include <iostream>
#include <unordered_map>
#include <vector>

using namespace std;

struct Star {
    long long x, y;
};

struct Closest {
    long long square;
    int pairs;
};

long long square_of(Star a, Star b) {
    return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

long long cell_of(long long column, long long row) {
    return column * 4000003 + row;
}

Closest closest_pairs(vector<Star> stars) {
    sort(stars.begin(), stars.end(), [](const Star& a, const Star& b) { return a.x < b.x; });
    long long near = square_of(stars[0], stars[1]);
    for (size_t i = 1; i < stars.size(); i++) near = min(near, square_of(stars[i - 1], stars[i]));
    long long width = max(1LL, (long long)sqrt((double)near) + 1);
    unordered_map<long long, vector<Star>> cells;
    Closest closest{near, 0};
    for (const Star& star : stars) {
        long long column = (star.x + 1000000) / width, row = (star.y + 1000000) / width;
        for (long long c = column - 1; c <= column + 1; c++) {
            for (long long r = row - 1; r <= row + 1; r++) {
                auto cell = cells.find(cell_of(c, r));
                if (cell == cells.end()) continue;
                for (const Star& other : cell->second) {
                    long long square = square_of(star, other);
                    if (square < closest.square) closest = {square, 0};
                    if (square == closest.square) closest.pairs++;
                }
            }
        }
        cells[cell_of(column, row)].push_back(star);
    }
    return closest;
}

int main() {
    int n;
    cin >> n;
    vector<Star> stars(n);
    for (Star& star : stars) cin >> star.x >> star.y;
    Closest closest = closest_pairs(stars);
    cout << closest.square << '\n' << closest.pairs << '\n';
    return 0;
}
