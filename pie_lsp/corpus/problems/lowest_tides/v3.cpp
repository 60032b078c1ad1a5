#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

struct Low {
    int level, day;
};

Low lowest(const vector<int>& levels, int first, int last) {
    auto low = min_element(levels.begin() + first - 1, levels.begin() + last);
    return {*low, int(low - levels.begin()) + 1};
}

int main() {
    int n, q;
    cin >> n >> q;
    vector<int> levels(n);
    for (int& level : levels) cin >> level;
    for (int i = 0; i < q; i++) {
        int first, last;
        cin >> first >> last;
        Low low = lowest(levels, first, last);
        cout << low.level << ' ' << low.day << '\n';
    }
    return 0;
}
