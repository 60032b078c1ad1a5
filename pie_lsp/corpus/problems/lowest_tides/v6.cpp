#include <iostream>
#include <vector>

using namespace std;

struct Low {
    int level, day;
};

vector<vector<int>> lowest_of_powers(const vector<int>& levels) {
    int n = levels.size();
    vector<vector<int>> rows(1, vector<int>(n));
    for (int day = 0; day < n; day++) rows[0][day] = day;
    for (int length = 2; length <= n; length *= 2) {
        const vector<int>& half = rows.back();
        vector<int> row(n - length + 1);
        for (int day = 0; day + length <= n; day++) {
            int left = half[day], right = half[day + length / 2];
            row[day] = levels[right] < levels[left] ? right : left;
        }
        rows.push_back(row);
    }
    return rows;
}

Low lowest(const vector<int>& levels, const vector<vector<int>>& rows, int first, int last) {
    int power = 31 - __builtin_clz(last - first + 1);
    int left = rows[power][first - 1], right = rows[power][last - (1 << power)];
    int best = levels[right] < levels[left] ? right : left;
    return {levels[best], best + 1};
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, q;
    cin >> n >> q;
    vector<int> levels(n);
    for (int& level : levels) cin >> level;
    vector<vector<int>> rows = lowest_of_powers(levels);
    for (int i = 0; i < q; i++) {
        int first, last;
        cin >> first >> last;
        Low low = lowest(levels, rows, first, last);
        cout << low.level << ' ' << low.day << '\n';
    }
    return 0;
}
