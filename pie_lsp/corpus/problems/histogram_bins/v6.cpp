#include <cstdio>
#include <vector>

struct Bin {
    unsigned short balls;
    unsigned short last_sweep;
};

std::vector<Bin> table;
int used;

int read_int() {
    int value;
    if (scanf("%d", &value) != 1) return 0;
    return value;
}

int sweep(int number, int start, int step, int length) {
    int mask = (int)table.size() - 1;
    int different = 0;
    int i = start;
    while (length-- > 0) {
        Bin& bin = table[i];
        ++bin.balls;
        if (bin.last_sweep != number) {
            if (bin.last_sweep == 0) ++used;
            bin.last_sweep = number;
            ++different;
        }
        i = (i + step) & mask;
    }
    return different;
}

int main() {
    int bins = 1 << read_int();
    int sweeps = read_int();
    table.resize(bins);
    for (int number = 1; number <= sweeps; ++number) {
        int start = read_int();
        int step = read_int();
        int length = read_int();
        printf("%d\n", sweep(number, start, step, length));
    }
    int best = 0;
    unsigned checksum = 0;
    for (int i = 0; i < bins; ++i) {
        if (table[i].balls > table[best].balls) best = i;
        checksum += (i + 1u) * table[i].balls;
    }
    printf("%d %d %d %u\n", used, table[best].balls, best, checksum);
    return 0;
}
