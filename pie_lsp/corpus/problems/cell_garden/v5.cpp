#include <iostream>
#include <string>
#include <vector>

using namespace std;

int moss_in_column(const vector<string>& garden, int row, int column) {
    return (garden[row - 1][column] == '#') + (garden[row][column] == '#') + (garden[row + 1][column] == '#');
}

vector<string> grow(vector<string> garden, int years) {
    string border(garden[0].size() + 2, '.');
    for (string& row : garden) row = '.' + row + '.';
    garden.insert(garden.begin(), border);
    garden.push_back(border);
    vector<string> next = garden;
    for (int year = 0; year < years; year++) {
        for (int row = 1; row + 1 < (int)garden.size(); row++) {
            int before = moss_in_column(garden, row, 0);
            int here = moss_in_column(garden, row, 1);
            for (int column = 1; column + 1 < (int)border.size(); column++) {
                int after = moss_in_column(garden, row, column + 1);
                int count = before + here + after - (garden[row][column] == '#');
                before = here;
                here = after;
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
