#include <iostream>
#include <string>
#include <vector>

using namespace std;

struct Bed {
    int row, column;
};

struct Garden {
    vector<Bed> empty_beds;
    int free_in_row[8];
    int free_in_column[8];

    explicit Garden(int n) {
        for (int i = 0; i < n; ++i) {
            free_in_row[i] = free_in_column[i] = (1 << n) - 1;
        }
    }

    void flip(const Bed& bed, int bit) {
        free_in_row[bed.row] ^= bit;
        free_in_column[bed.column] ^= bit;
    }

    long long count_ways(size_t planted) {
        if (planted == empty_beds.size()) {
            return 1;
        }
        const Bed& bed = empty_beds[planted];
        long long ways = 0;
        for (int free = free_in_row[bed.row] & free_in_column[bed.column]; free != 0; free &= free - 1) {
            const int bit = free & -free;
            flip(bed, bit);
            ways += count_ways(planted + 1);
            flip(bed, bit);
        }
        return ways;
    }
};

int main() {
    int gardens;
    cin >> gardens;
    while (gardens-- > 0) {
        int n;
        cin >> n;
        Garden garden(n);
        for (int row = 0; row < n; ++row) {
            string beds;
            cin >> beds;
            for (int column = 0; column < n; ++column) {
                const Bed bed{row, column};
                if (beds[column] == '.') {
                    garden.empty_beds.push_back(bed);
                } else {
                    garden.flip(bed, 1 << (beds[column] - '1'));
                }
            }
        }
        cout << garden.count_ways(0) << '\n';
    }
    return 0;
}
