#include <cstdio>
#include <string>

using namespace std;

const int PRIME = 997;

struct Cell {
    int distance;
    int ways;
};

Cell table[301][301];

Cell align(const string& a, const string& b) {
    int n = a.size();
    int m = b.size();
    for (int j = 0; j <= m; j++) {
        table[0][j].distance = j;
        table[0][j].ways = 1;
    }
    for (int i = 1; i <= n; i++) {
        const Cell* above = table[i - 1];
        Cell* row = table[i];
        row[0].distance = i;
        row[0].ways = 1;
        for (int j = 1; j <= m; j++) {
            const Cell& replace = above[j - 1];
            const Cell& remove = above[j];
            const Cell& insert = row[j - 1];
            Cell best;
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
            row[j] = best;
        }
    }
    return table[n][m];
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
        Cell best = align(first, second);
        printf("%d %d\n", best.distance, best.ways);
    }
    return 0;
}
