#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace std;

int n;
vector<pair<int, int>> empty_beds;
int free_in_row[8];
int free_in_column[8];

void flip(int row, int column, int colour) {
    free_in_row[row] ^= 1 << colour;
    free_in_column[column] ^= 1 << colour;
}

long long count_ways(size_t bed) {
    if (bed == empty_beds.size()) {
        return 1;
    }
    int row = empty_beds[bed].first;
    int column = empty_beds[bed].second;
    int free = free_in_row[row] & free_in_column[column];
    long long ways = 0;
    for (int colour = 0; colour < n; colour++) {
        if (free >> colour & 1) {
            flip(row, column, colour);
            ways += count_ways(bed + 1);
            flip(row, column, colour);
        }
    }
    return ways;
}

int main() {
    int gardens;
    cin >> gardens;
    while (gardens-- > 0) {
        cin >> n;
        for (int i = 0; i < n; i++) {
            free_in_row[i] = free_in_column[i] = (1 << n) - 1;
        }
        empty_beds.clear();
        for (int row = 0; row < n; row++) {
            string beds;
            cin >> beds;
            for (int column = 0; column < n; column++) {
                if (beds[column] == '.') {
                    empty_beds.push_back({row, column});
                } else {
                    flip(row, column, beds[column] - '1');
                }
            }
        }
        cout << count_ways(0) << endl;
    }
    return 0;
}
