#include <iostream>
#include <set>
#include <utility>
#include <vector>

using namespace std;

using Garden = vector<vector<int>>;

pair<int, int> walk(Garden garden) {
    int rows = garden.size(), columns = garden[0].size();
    set<pair<int, int>> walked;
    int row = 0, column = 0, down = 0, right = 1, collected = 0, turns = 0;
    while (true) {
        walked.insert({row, column});
        collected = (collected * 31LL + garden[row][column]) % 1000003;
        if ((int)walked.size() == rows * columns) return {collected, turns};
        pair<int, int> next = {row + down, column + right};
        bool inside = next.first >= 0 && next.first < rows && next.second >= 0 && next.second < columns;
        if (!inside || walked.count(next) > 0) {
            swap(down, right);
            right = -right;
            turns++;
        }
        row += down;
        column += right;
    }
}

int main() {
    int rows, columns;
    cin >> rows >> columns;
    Garden garden(rows, vector<int>(columns));
    for (auto& row : garden) {
        for (int& flowers : row) cin >> flowers;
    }
    pair<int, int> end = walk(garden);
    cout << end.first << ' ' << end.second << '\n';
    return 0;
}
