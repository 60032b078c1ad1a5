#include <algorithm>
#include <cstdio>
#include <vector>

class Window {
public:
    void add(int level) {
        sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), level), level);
    }

    void remove(int level) {
        sorted.erase(std::lower_bound(sorted.begin(), sorted.end(), level));
    }

    int kth(int k) const {
        return sorted[k - 1];
    }

private:
    std::vector<int> sorted;
};

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
    Window window;
    for (int i = 0; i < n; ++i) {
        window.add(readings[i]);
        if (i >= w) {
            window.remove(readings[i - w]);
        }
        if (i >= w - 1) {
            std::printf("%d\n", window.kth(k));
        }
    }
    return 0;
}
