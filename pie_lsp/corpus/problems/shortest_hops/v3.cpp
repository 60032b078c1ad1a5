#include <iostream>
#include <queue>
#include <string>
#include <vector>
using namespace std;

const int FAR = 1000000;
const int DR[4] = {-1, 0, 0, 1};
const int DC[4] = {0, -1, 1, 0};

struct Place {
    int row, column;
};

int height, width;
vector<string> pond;

bool is_leaf(const Place& place) {
    return place.row >= 0 && place.row < height && place.column >= 0 && place.column < width &&
           pond[place.row][place.column] == '.';
}

vector<vector<int>> hops_from(const Place& start) {
    vector<vector<int>> hops(height, vector<int>(width, FAR));
    hops[start.row][start.column] = 0;
    queue<Place> waiting;
    waiting.push(start);
    while (!waiting.empty()) {
        Place place = waiting.front();
        waiting.pop();
        int next_hops = hops[place.row][place.column] + 1;
        for (int d = 0; d < 4; ++d) {
            Place next = {place.row + DR[d], place.column + DC[d]};
            if (is_leaf(next) && hops[next.row][next.column] == FAR) {
                hops[next.row][next.column] = next_hops;
                waiting.push(next);
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
        Place start;
        cin >> start.row >> start.column;
        vector<vector<int>> hops = hops_from(start);
        int reached = 0;
        int farthest = 0;
        long long total = 0;
        for (const vector<int>& row : hops) {
            for (int count : row) {
                if (count < FAR) {
                    ++reached;
                    farthest = max(farthest, count);
                    total += count;
                }
            }
        }
        cout << reached << ' ' << farthest << ' ' << total << '\n';
    }
    return 0;
}
