#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

const int BLOCK = 64;

struct Low {
    int level, day;
};

vector<int> lowest_of_blocks(const vector<int>& levels) {
    vector<int> days;
    for (size_t start = 0; start < levels.size(); start += BLOCK) {
        size_t end = min(start + BLOCK, levels.size());
        days.push_back(min_element(levels.begin() + start, levels.begin() + end) - levels.begin());
    }
    return days;
}

Low lowest(const vector<int>& levels, const vector<int>& blocks, int first, int last) {
    int best = first - 1;
    int day = first - 1;
    while (day < last) {
        if (day % BLOCK == 0 && day + BLOCK <= last) {
            int low = blocks[day / BLOCK];
            if (levels[low] < levels[best]) best = low;
            day += BLOCK;
        } else {
            if (levels[day] < levels[best]) best = day;
            day++;
        }
    }
    return {levels[best], best + 1};
}

int main() {
    int n, q;
    cin >> n >> q;
    vector<int> levels(n);
    for (int& level : levels) cin >> level;
    vector<int> blocks = lowest_of_blocks(levels);
    for (int i = 0; i < q; i++) {
        int first, last;
        cin >> first >> last;
        Low low = lowest(levels, blocks, first, last);
        cout << low.level << ' ' << low.day << '\n';
    }
    return 0;
}
