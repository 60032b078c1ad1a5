#include <iostream>
#include <string>
#include <vector>

using namespace std;

int neighbours(const vector<string>& garden, int row, int column) {
    int count = 0;
    for (int r = row - 1; r <= row + 1; r++) {
        for (int c = column - 1; c <= column + 1; c++) {
            count += garden[r][c] == '#';
        }
    }
    return count - (garden[row][column] == '#');
}

vector<string> grow(vector<string> garden, int years) {
    string border(garden[0].size() + 2, '.');
    for (string& row : garden) row = '.' + row + '.';
    garden.insert(garden.begin(), border);
    garden.push_back(border);
    vector<string> next = garden;
    for (int year = 0; year < years; year++) {
        for (int row = 1; row + 1 < (int)garden.size(); row++) {
            for (int column = 1; column + 1 < (int)border.size(); column++) {
                int count = neighbours(garden, row, column);
                bool stays = garden[row][column] == '#' && count == 2;
                next[row][column] = stays || count == 3 ? '#' : '.';
            }
        }
        garden.swap(next);
    }
    garden.erase(garden.begin());
    garden.pop_back();
    for (string& row : garden) row = row.substr(1, row.size() - 2);
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
