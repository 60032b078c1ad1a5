#include <iostream>
#include <vector>

using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int rows, cols, queries;
    cin >> rows >> cols >> queries;
    vector<vector<int>> table(rows, vector<int>(cols));
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++)
            cin >> table[i][j];

    for (int q = 0; q < queries; q++) {
        int column, first, last;
        cin >> column >> first >> last;
        long long total = 0;
        for (int i = first - 1; i < last; i++) {
            int value = 0;
            if (column == 0) {
                for (int j = 0; j < cols; j++)
                    value += table[i][j];
            } else {
                value = table[i][column - 1];
            }
            cout << i + 1 << ' ' << value << endl;
            total += value;
        }
        cout << "total " << total << endl;
    }
    return 0;
}
