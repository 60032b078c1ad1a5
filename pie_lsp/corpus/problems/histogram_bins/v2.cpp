#include <cstdio>
#include <vector>

int bins;
std::vector<long long> balls;
std::vector<int> last_sweep;

int read_int() {
    int value;
    if (scanf("%d", &value) != 1) return 0;
    return value;
}

int sweep(int number, int start, int step, int length) {
    int different = 0;
    int bin = start;
    while (length-- > 0) {
        ++balls[bin];
        if (last_sweep[bin] != number) {
            last_sweep[bin] = number;
            ++different;
        }
        bin = (bin + step) % bins;
    }
    return different;
}

int main() {
    bins = 1 << read_int();
    int sweeps = read_int();
    balls.assign(bins, 0);
    last_sweep.assign(bins, 0);
    for (int number = 1; number <= sweeps; ++number) {
        int start = read_int();
        int step = read_int();
        int length = read_int();
        printf("%d\n", sweep(number, start, step, length));
    }
    int used = 0, best = 0;
    unsigned checksum = 0;
    for (int bin = 0; bin < bins; ++bin) {
        if (balls[bin] > 0) ++used;
        if (balls[bin] > balls[best]) best = bin;
        checksum += (unsigned)((bin + 1) * balls[bin]);
    }
    printf("%d %lld %d %u\n", used, balls[best], best, checksum);
    return 0;
}
