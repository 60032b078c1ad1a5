#include <cstdio>
#include <vector>

using std::vector;

int worth_of(const vector<int>& coins, int set) {
    int worth = 0;
    int bit = 1;
    for (int coin : coins) {
        if (set & bit) {
            worth += coin;
        }
        bit <<= 1;
    }
    return worth;
}

int count_sets(const vector<int>& coins, int low, int high) {
    const int sets = 1 << coins.size();
    int count = 0;
    for (int set = 0; set < sets; ++set) {
        const int worth = worth_of(coins, set);
        if (low <= worth && worth <= high) {
            ++count;
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
