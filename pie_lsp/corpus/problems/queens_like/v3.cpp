#include <iostream>
#include <string>

using namespace std;

int n;
string garden;
bool in_row[8][9];
bool in_column[8][9];

void mark(int row, int column, int colour, bool planted) {
    in_row[row][colour] = planted;
    in_column[column][colour] = planted;
}

long long count_ways(int bed) {
    if (bed == n * n) {
        return 1;
    }
    if (garden[bed] != '.') {
        return count_ways(bed + 1);
    }
    int row = bed / n;
    int column = bed % n;
    long long ways = 0;
    for (int colour = 1; colour <= n; colour++) {
        if (!in_row[row][colour] && !in_column[column][colour]) {
            mark(row, column, colour, true);
            ways += count_ways(bed + 1);
            mark(row, column, colour, false);
        }
    }
    return ways;
}

int main() {
    int gardens;
    cin >> gardens;
    while (gardens-- > 0) {
        cin >> n;
        garden.clear();
        for (int row = 0; row < n; row++) {
            for (int colour = 1; colour <= n; colour++) {
                mark(row, row, colour, false);
            }
        }
        for (int row = 0; row < n; row++) {
            string beds;
            cin >> beds;
            garden += beds;
            for (int column = 0; column < n; column++) {
                if (beds[column] != '.') {
                    mark(row, column, beds[column] - '0', true);
                }
            }
        }
        cout << count_ways(0) << endl;
    }
    return 0;
}
