#include <cstdio>
#include <vector>

using std::vector;

int count_sets(const vector<int>& coins, int low, int high) {
    int n = coins.size();
    vector<int> worth(1 << n);
    int count = low == 0 ? 1 : 0;
    for (int i = 0; i < n; i++) {
        int highest = 1 << i;
        for (int set = highest; set < 2 * highest; set++) {
            worth[set] = worth[set - highest] + coins[i];
            if (low <= worth[set] && worth[set] <= high) {
                count++;
            }
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
