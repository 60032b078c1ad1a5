#include <iostream>
#include <queue>
#include <string>
#include <utility>
#include <vector>
using namespace std;

const int FAR = 1000000;
const int DR[4] = {-1, 0, 0, 1};
const int DC[4] = {0, -1, 1, 0};

int height, width;
vector<string> pond;

vector<vector<int>> hops_from(int row, int column) {
    vector<vector<int>> hops(height, vector<int>(width, FAR));
    hops[row][column] = 0;
    queue<pair<int, int>> waiting;
    waiting.push(make_pair(row, column));
    while (!waiting.empty()) {
        int r = waiting.front().first;
        int c = waiting.front().second;
        waiting.pop();
        for (int d = 0; d < 4; d++) {
            int nr = r + DR[d];
            int nc = c + DC[d];
            if (nr < 0 || nr >= height || nc < 0 || nc >= width) {
                continue;
            }
            if (pond[nr][nc] == '.' && hops[nr][nc] == FAR) {
                hops[nr][nc] = hops[r][c] + 1;
                waiting.push(make_pair(nr, nc));
            }
        }
    }
    return hops;
}

int main() {
    cin >> height >> width;
    pond.resize(height);
    for (string& row : pond) {
        cin >> row;
    }
    int frogs;
    cin >> frogs;
    while (frogs-- > 0) {
        int row, column;
        cin >> row >> column;
        vector<vector<int>> hops = hops_from(row, column);
        int reached = 0;
        int farthest = 0;
        long long total = 0;
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                if (hops[r][c] < FAR) {
                    reached++;
                    farthest = max(farthest, hops[r][c]);
                    total += hops[r][c];
                }
            }
        }
        cout << reached << ' ' << farthest << ' ' << total << '\n';
    }
    return 0;
}
