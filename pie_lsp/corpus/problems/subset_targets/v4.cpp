#include <cstdio>
#include <vector>

using std::vector;

int count_sets(const vector<int>& coins, int low, int high) {
    int n = coins.size();
    int worth = 0;
    int count = low == 0 ? 1 : 0;
    for (int step = 1; step < (1 << n); step++) {
        int set = step ^ (step >> 1);
        int changed = 0;
        while (!(step >> changed & 1)) {
            changed++;
        }
        if (set >> changed & 1) {
            worth += coins[changed];
        } else {
            worth -= coins[changed];
        }
        if (low <= worth && worth <= high) {
            count++;
        }
    }
    return count;
}

int main() {
    int purses;
    if (scanf("%d", &purses) != 1) {
        return 1;
    }
    while (purses-- > 0) {
        int n, low, high;
        if (scanf("%d %d %d", &n, &low, &high) != 3) {
            return 1;
        }
        vector<int> coins(n);
        for (int i = 0; i < n; i++) {
            if (scanf("%d", &coins[i]) != 1) {
                return 1;
            }
        }
        printf("%d\n", count_sets(coins, low, high));
    }
    return 0;
}
