#include <cstdio>
#include <vector>

using std::vector;

int count_from(const vector<int>& coins, int i, int rest, int low, int high) {
    if (high < 0 || rest < low) {
        return 0;
    }
    if (low <= 0 && rest <= high) {
        return 1 << (coins.size() - i);
    }
    rest -= coins[i];
    return count_from(coins, i + 1, rest, low, high) + count_from(coins, i + 1, rest, low - coins[i], high - coins[i]);
}

int count_sets(const vector<int>& coins, int low, int high) {
    int total = 0;
    for (int coin : coins) {
        total += coin;
    }
    return count_from(coins, 0, total, low, high);
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
