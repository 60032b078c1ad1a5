#include <iostream>
#include <utility>
#include <vector>

using namespace std;

using Garden = vector<vector<int>>;

pair<int, int> walk(const Garden& garden) {
    int rows = garden.size(), columns = garden[0].size();
    int row = 0, column = -1, down = 0, right = 1, collected = 0, turns = -1;
    int along = columns, across = rows - 1;
    while (along > 0) {
        for (int step = 0; step < along; step++) {
            row += down;
            column += right;
            collected = (collected * 31LL + garden[row][column]) % 1000003;
        }
        swap(along, across);
        across--;
        swap(down, right);
        right = -right;
        turns++;
    }
    return {collected, turns};
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
