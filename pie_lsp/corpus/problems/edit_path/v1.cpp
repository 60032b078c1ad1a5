#include <cstdio>
#include <string>

using namespace std;

const int PRIME = 997;

struct Cell {
    int distance;
    int ways;
};

string a, b;
Cell table[301][301];

const Cell& align(int i, int j) {
    Cell& best = table[i][j];
    if (best.distance >= 0) {
        return best;
    }
    if (i == 0 || j == 0) {
        best.distance = i + j;
        best.ways = 1;
        return best;
    }
    const Cell& replace = align(i - 1, j - 1);
    const Cell& remove = align(i - 1, j);
    const Cell& insert = align(i, j - 1);
    best.distance = replace.distance + (a[i - 1] != b[j - 1]);
    best.ways = replace.ways;
    if (remove.distance + 1 < best.distance) {
        best.distance = remove.distance + 1;
        best.ways = remove.ways;
    } else if (remove.distance + 1 == best.distance) {
        best.ways = (best.ways + remove.ways) % PRIME;
    }
    if (insert.distance + 1 < best.distance) {
        best.distance = insert.distance + 1;
        best.ways = insert.ways;
    } else if (insert.distance + 1 == best.distance) {
        best.ways = (best.ways + insert.ways) % PRIME;
    }
    return best;
}

int main() {
    int pairs;
    if (scanf("%d", &pairs) != 1) {
        return 1;
    }
    while (pairs-- > 0) {
        char first[301], second[301];
        if (scanf("%300s %300s", first, second) != 2) {
            return 1;
        }
        a = first;
        b = second;
        for (size_t i = 0; i <= a.size(); i++) {
            for (size_t j = 0; j <= b.size(); j++) {
                table[i][j].distance = -1;
            }
        }
        Cell best = align(a.size(), b.size());
        printf("%d %d\n", best.distance, best.ways);
    }
    return 0;
}
