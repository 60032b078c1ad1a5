#include <algorithm>
#include <cstdio>
#include <cstdlib>
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

Cell align_within(const string& a, const string& b, int band) {
    const Cell outside = {1000, 0};
    int n = a.size();
    int m = b.size();
    vector<Cell> above(m + 1, outside), row(m + 1, outside);
    for (int j = 0; j <= min(m, band); j++) {
        row[j] = {j, 1};
    }
    for (int i = 1; i <= n; i++) {
        swap(above, row);
        int from = max(1, i - band);
        int to = min(m, i + band);
        row[from - 1] = from == 1 && i <= band ? Cell{i, 1} : outside;
        for (int j = from; j <= to; j++) {
            Cell best = {above[j - 1].distance + (a[i - 1] != b[j - 1]), above[j - 1].ways};
            join(best, above[j].distance + 1, above[j].ways);
            join(best, row[j - 1].distance + 1, row[j - 1].ways);
            row[j] = best;
        }
    }
    return row[m];
}

Cell align(const string& a, const string& b) {
    int band = max(8, abs(int(a.size()) - int(b.size())));
    while (true) {
        Cell best = align_within(a, b, band);
        if (best.distance <= band) {
            return best;
        }
        band *= 2;
    }
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
