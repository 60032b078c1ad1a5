#include <cstdio>
#include <vector>

int main() {
    int b, q;
    if (scanf("%d %d", &b, &q) != 2) return 1;
    int n = 1 << b;
    std::vector<long long> cnt(n);
    std::vector<int> last(n, -1);
    for (int i = 0; i < q; i++) {
        int start, step, len;
        if (scanf("%d %d %d", &start, &step, &len) != 3) return 1;
        int different = 0;
        int pos = start;
        for (int j = 0; j < len; j++) {
            cnt[pos]++;
            if (last[pos] != i) {
                last[pos] = i;
                different++;
            }
            pos = (pos + step) % n;
        }
        printf("%d\n", different);
    }
    int used = 0, best = 0;
    unsigned checksum = 0;
    for (int i = 0; i < n; i++) {
        if (cnt[i] > 0) used++;
        if (cnt[i] > cnt[best]) best = i;
        checksum += (unsigned)((i + 1) * cnt[i]);
    }
    printf("%d %lld %d %u\n", used, cnt[best], best, checksum);
    return 0;
}
