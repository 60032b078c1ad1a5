#include <iostream>
#include <utility>
#include <vector>

using namespace std;

using Garden = vector<vector<int>>;

pair<int, int> walk(Garden garden) {
    int rows = garden.size(), columns = garden[0].size();
    vector<vector<char>> walked(rows, vector<char>(columns));
    int beds = 0;
    int row = 0, column = 0, down = 0, right = 1, collected = 0, turns = 0;
    while (true) {
        walked[row][column] = 1;
        beds++;
        collected = (collected * 31LL + garden[row][column]) % 1000003;
        if (beds == rows * columns) return {collected, turns};
        int r = row + down, c = column + right;
        bool inside = r >= 0 && r < rows && c >= 0 && c < columns;
        if (!inside || walked[r][c]) {
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
