#include <algorithm>
#include <cstdio>
#include <vector>

using std::vector;

vector<int> sorted_sums(const vector<int>& coins, int from, int to) {
    vector<int> sums = {0};
    for (int i = from; i < to; i++) {
        vector<int> with = sums;
        for (int& sum : with) {
            sum += coins[i];
        }
        vector<int> merged(2 * sums.size());
        std::merge(sums.begin(), sums.end(), with.begin(), with.end(), merged.begin());
        sums.swap(merged);
    }
    return sums;
}

int count_sets(const vector<int>& coins, int low, int high) {
    int n = coins.size();
    vector<int> left = sorted_sums(coins, 0, n / 2);
    vector<int> right = sorted_sums(coins, n / 2, n);
    int begin = right.size();
    int end = right.size();
    int count = 0;
    for (int sum : left) {
        while (begin > 0 && sum + right[begin - 1] >= low) {
            begin--;
        }
        while (end > 0 && sum + right[end - 1] > high) {
            end--;
        }
        count += end - begin;
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
