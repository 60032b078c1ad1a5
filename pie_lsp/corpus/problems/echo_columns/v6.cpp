#include <cstdio>
#include <string>
#include <vector>

using namespace std;

int read_int() {
    int c = getchar();
    while (c != '-' && (c < '0' || c > '9'))
        c = getchar();
    bool negative = c == '-';
    if (negative)
        c = getchar();
    int x = 0;
    while (c >= '0' && c <= '9') {
        x = x * 10 + (c - '0');
        c = getchar();
    }
    return negative ? -x : x;
}

int value_of(const vector<int>& row, int column) {
    if (column > 0)
        return row[column - 1];
    int sum = 0;
    for (int cell : row)
        sum += cell;
    return sum;
}

int main() {
    int rows = read_int(), cols = read_int(), queries = read_int();
    vector<vector<int>> table(rows, vector<int>(cols));
    for (auto& row : table)
        for (int& cell : row)
            cell = read_int();

    for (int q = 0; q < queries; q++) {
        int column = read_int(), first = read_int(), last = read_int();
        string answer;
        long long total = 0;
        for (int i = first - 1; i < last; i++) {
            int value = value_of(table[i], column);
            answer += to_string(i + 1) + ' ' + to_string(value) + '\n';
            total += value;
        }
        answer += "total " + to_string(total) + '\n';
        fwrite(answer.data(), 1, answer.size(), stdout);
    }
    return 0;
}
