#include <cstdio>
#include <vector>

const int LEVELS = 1024;

class Window {
public:
    void add(int level) {
        change(level, 1);
    }

    void remove(int level) {
        change(level, -1);
    }

    int kth(int k) const {
        int at = 0;
        for (int step = LEVELS / 2; step > 0; step /= 2) {
            if (tree[at + step] < k) {
                at += step;
                k -= tree[at];
            }
        }
        return at;
    }

private:
    void change(int level, int by) {
        for (int i = level + 1; i <= LEVELS; i += i & -i) {
            tree[i] += by;
        }
    }

    int tree[LEVELS + 1] = {};
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
