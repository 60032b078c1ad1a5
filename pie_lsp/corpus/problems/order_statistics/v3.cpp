#include <algorithm>
#include <cstdio>
#include <vector>

int main() {
    int n, w, k;
    if (std::scanf("%d %d %d", &n, &w, &k) != 3) {
        return 1;
    }
    std::vector<int> readings(n);
    for (int& reading : readings) {
        if (std::scanf("%d", &reading) != 1) {
            return 1;
        }
    }
    std::vector<int> window(readings.begin(), readings.begin() + w);
    std::sort(window.begin(), window.end());
    std::printf("%d\n", window[k - 1]);
    for (int i = w; i < n; i++) {
        window.erase(std::lower_bound(window.begin(), window.end(), readings[i - w]));
        window.insert(std::lower_bound(window.begin(), window.end(), readings[i]), readings[i]);
        std::printf("%d\n", window[k - 1]);
    }
    return 0;
}
