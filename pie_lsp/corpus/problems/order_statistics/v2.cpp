#include <algorithm>
#include <cstdio>
#include <vector>

int kth_level(const std::vector<int>& readings, int from, int w, int k) {
    std::vector<int> window;
    for (int i = from; i < from + w; i++) {
        window.push_back(readings[i]);
    }
    std::nth_element(window.begin(), window.begin() + (k - 1), window.end());
    return window[k - 1];
}

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
    for (int from = 0; from + w <= n; from++) {
        std::printf("%d\n", kth_level(readings, from, w, k));
    }
    return 0;
}
