// Counts the ways to place n queens on an n x n board, some squares of which are blocked.
//
// Input: n, then n lines of '.' and '#' (blocked). Output: the number of ways, the number of boards
// that were looked at, and the first solution where there is one.
#include <iostream>
#include <string>
#include <vector>
using namespace std;

int n;
long long ways = 0;
long long looked = 0;
vector<string> first_solution;

bool safe(vector<string> board, int row, int col) {
    if (board[row][col] == '#') return false;
    for (int i = 0; i < row; i++) {
        if (board[i][col] == 'Q') return false;
    }
    for (int i = row - 1, j = col - 1; i >= 0 && j >= 0; i--, j--) {
        if (board[i][j] == 'Q') return false;
    }
    for (int i = row - 1, j = col + 1; i >= 0 && j < n; i--, j++) {
        if (board[i][j] == 'Q') return false;
    }
    return true;
}

void place(vector<string> &board, int row) {
    looked++;
    if (row == n) {
        if (ways == 0) first_solution = board;
        ways++;
        return;
    }
    for (int col = 0; col < n; col++) {
        if (safe(board, row, col)) {
            board[row][col] = 'Q';
            place(board, row + 1);
            board[row][col] = '.';
        }
    }
}

int main() {
    cin >> n;
    vector<string> board(n);
    for (int i = 0; i < n; i++) {
        cin >> board[i];
    }
    place(board, 0);
    cout << ways << " ways, " << looked << " boards looked at\n";
    for (const string &row : first_solution) {
        cout << row << '\n';
    }
    return 0;
}
