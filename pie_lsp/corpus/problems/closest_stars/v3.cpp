#include <iostream>
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

Closest closest_pairs(vector<Star> stars) {
    Closest closest{square_of(stars[0], stars[1]), 0};
    for (size_t i = 0; i < stars.size(); i++) {
        for (size_t j = i + 1; j < stars.size(); j++) {
            long long square = square_of(stars[i], stars[j]);
            if (square < closest.square) closest = {square, 0};
            if (square == closest.square) closest.pairs++;
        }
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
