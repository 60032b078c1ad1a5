#include <cstdio>
#include <vector>

using std::vector;

int count_sets(const vector<int>& coins, int low, int high) {
    int n = coins.size();
    int count = 0;
    for (int set = 0; set < (1 << n); set++) {
        int worth = 0;
        for (int i = 0; i < n; i++) {
            if (set & (1 << i)) {
                worth += coins[i];
            }
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
