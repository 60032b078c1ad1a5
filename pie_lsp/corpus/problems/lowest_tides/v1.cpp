#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

struct Low {
    int level, day;
};

Low lowest(vector<int> levels, int first, int last) {
    vector<int> asked(levels.begin() + first - 1, levels.begin() + last);
    sort(asked.begin(), asked.end());
    int level = asked[0];
    for (int day = first; day <= last; day++) {
        if (levels[day - 1] == level) return {level, day};
    }
    return {level, last};
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
