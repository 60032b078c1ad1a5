#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

using Hill = vector<vector<int>>;

int best_from(const Hill& hill, size_t row, size_t place) {
    if (row + 1 == hill.size()) return hill[row][place];
    int left = best_from(hill, row + 1, place);
    int right = best_from(hill, row + 1, place + 1);
    return hill[row][place] + max(left, right);
}

int most_berries(const Hill& hill) {
    return best_from(hill, 0, 0);
}

int main() {
    int hills;
    cin >> hills;
    for (int h = 0; h < hills; h++) {
        int n;
        cin >> n;
        Hill hill(n);
        for (int row = 0; row < n; row++) {
            hill[row].resize(row + 1);
            for (int& berries : hill[row]) cin >> berries;
        }
        cout << most_berries(hill) << '\n';
    }
    return 0;
}
