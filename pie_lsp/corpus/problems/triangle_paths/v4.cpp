#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

using Hill = vector<vector<int>>;

int most_berries(const Hill& hill) {
    vector<int> best = hill.back();
    for (int row = (int)hill.size() - 2; row >= 0; row--) {
        for (int place = 0; place <= row; place++) {
            best[place] = hill[row][place] + max(best[place], best[place + 1]);
        }
    }
    return best[0];
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
