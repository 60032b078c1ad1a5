#include <iostream>
#include <vector>

using namespace std;

int value_of(const vector<int>& row, int column) {
    if (column > 0)
        return row[column - 1];
    int sum = 0;
    for (int cell : row)
        sum += cell;
    return sum;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int rows, cols, queries;
    cin >> rows >> cols >> queries;
    vector<vector<int>> table(rows, vector<int>(cols));
    for (auto& row : table)
        for (int& cell : row)
            cin >> cell;

    for (int q = 0; q < queries; q++) {
        int column, first, last;
        cin >> column >> first >> last;
        long long total = 0;
        for (int i = first - 1; i < last; i++) {
            int value = value_of(table[i], column);
            cout << i + 1 << ' ' << value << '\n';
            total += value;
        }
        cout << "total " << total << '\n';
    }
    return 0;
}
