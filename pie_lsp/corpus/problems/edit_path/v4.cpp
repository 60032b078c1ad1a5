#include <cstdio>
#include <string>
#include <utility>
#include <vector>

using namespace std;

const int PRIME = 997;

struct Cell {
    int distance;
    int ways;
};

void join(Cell& best, int distance, int ways) {
    if (distance < best.distance) {
        best.distance = distance;
        best.ways = ways;
    } else if (distance == best.distance) {
        best.ways = (best.ways + ways) % PRIME;
    }
}

Cell align(const string& a, const string& b) {
    int n = a.size();
    int m = b.size();
    vector<Cell> above(m + 1), row(m + 1);
    for (int j = 0; j <= m; j++) {
        row[j] = {j, 1};
    }
    for (int i = 1; i <= n; i++) {
        swap(above, row);
        row[0] = {i, 1};
        for (int j = 1; j <= m; j++) {
            Cell best = {above[j - 1].distance + (a[i - 1] != b[j - 1]), above[j - 1].ways};
            join(best, above[j].distance + 1, above[j].ways);
            join(best, row[j - 1].distance + 1, row[j - 1].ways);
            row[j] = best;
        }
    }
    return row[m];
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
