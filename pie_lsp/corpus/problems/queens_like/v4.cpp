#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace std;

int n;
vector<pair<int, int>> empty_beds;
bool in_row[8][9];
bool in_column[8][9];

void mark(int row, int column, int colour, bool planted) {
    in_row[row][colour] = planted;
    in_column[column][colour] = planted;
}

long long count_ways(size_t bed) {
    if (bed == empty_beds.size()) {
        return 1;
    }
    int row = empty_beds[bed].first;
    int column = empty_beds[bed].second;
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
        for (int row = 0; row < n; row++) {
            for (int colour = 1; colour <= n; colour++) {
                mark(row, row, colour, false);
            }
        }
        empty_beds.clear();
        for (int row = 0; row < n; row++) {
            string beds;
            cin >> beds;
            for (int column = 0; column < n; column++) {
                if (beds[column] == '.') {
                    empty_beds.push_back({row, column});
                } else {
                    mark(row, column, beds[column] - '0', true);
                }
            }
        }
        cout << count_ways(0) << endl;
    }
    return 0;
}
