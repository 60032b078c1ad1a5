#include <iostream>
#include <string>
#include <vector>

using namespace std;

int neighbours(const vector<string>& garden, int row, int column) {
    int count = 0;
    for (int r = row - 1; r <= row + 1; r++) {
        for (int c = column - 1; c <= column + 1; c++) {
            if (r == row && c == column) continue;
            if (r < 0 || r >= (int)garden.size()) continue;
            if (c < 0 || c >= (int)garden[r].size()) continue;
            if (garden[r][c] == '#') count++;
        }
    }
    return count;
}

vector<string> grow(vector<string> garden, int years) {
    for (int year = 0; year < years; year++) {
        vector<string> next = garden;
        for (int row = 0; row < (int)garden.size(); row++) {
            for (int column = 0; column < (int)garden[row].size(); column++) {
                int count = neighbours(garden, row, column);
                bool stays = garden[row][column] == '#' && count == 2;
                next[row][column] = stays || count == 3 ? '#' : '.';
            }
        }
        garden = next;
    }
    return garden;
}

int main() {
    int rows, columns, years;
    cin >> rows >> columns >> years;
    vector<string> garden(rows);
    for (string& row : garden) cin >> row;
    int moss = 0;
    for (const string& row : grow(garden, years)) {
        cout << row << '\n';
        for (char bed : row) moss += bed == '#';
    }
    cout << moss << '\n';
    return 0;
}
