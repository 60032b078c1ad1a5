#include <algorithm>
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
vector<vector<int>> hops;
queue<Place> waiting;

struct Outcome {
    int reached, farthest;
    long long total;
};

bool is_leaf(const Place& place) {
    return place.row >= 0 && place.row < height && place.column >= 0 && place.column < width &&
           pond[place.row][place.column] == '.';
}

Outcome search_from(const Place& start) {
    for (vector<int>& row : hops) {
        fill(row.begin(), row.end(), FAR);
    }
    hops[start.row][start.column] = 0;
    Outcome outcome = {0, 0, 0};
    waiting.push(start);
    while (!waiting.empty()) {
        Place place = waiting.front();
        waiting.pop();
        int next_hops = hops[place.row][place.column] + 1;
        outcome.reached++;
        outcome.farthest = next_hops - 1;
        outcome.total += next_hops - 1;
        for (int d = 0; d < 4; ++d) {
            Place next = {place.row + DR[d], place.column + DC[d]};
            if (is_leaf(next) && hops[next.row][next.column] == FAR) {
                hops[next.row][next.column] = next_hops;
                waiting.push(next);
            }
        }
    }
    return outcome;
}

int main() {
    cin >> height >> width;
    pond.resize(height);
    for (string& row : pond) {
        cin >> row;
    }
    hops.assign(height, vector<int>(width));
    int frogs;
    cin >> frogs;
    while (frogs-- > 0) {
        Place start;
        cin >> start.row >> start.column;
        Outcome outcome = search_from(start);
        cout << outcome.reached << ' ' << outcome.farthest << ' ' << outcome.total << '\n';
    }
    return 0;
}
