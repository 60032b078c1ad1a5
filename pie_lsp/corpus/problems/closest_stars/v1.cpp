#include <cmath>
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

double distance_of(Star a, Star b) {
    return sqrt(pow(a.x - b.x, 2) + pow(a.y - b.y, 2));
}

Closest closest_pairs(vector<Star> stars) {
    double least = distance_of(stars[0], stars[1]);
    for (size_t i = 0; i < stars.size(); i++) {
        for (size_t j = i + 1; j < stars.size(); j++) {
            if (distance_of(stars[i], stars[j]) < least) least = distance_of(stars[i], stars[j]);
        }
    }
    int pairs = 0;
    for (size_t i = 0; i < stars.size(); i++) {
        for (size_t j = i + 1; j < stars.size(); j++) {
            if (distance_of(stars[i], stars[j]) == least) pairs++;
        }
    }
    return {llround(least * least), pairs};
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
