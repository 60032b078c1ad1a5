#include <algorithm>
#include <iostream>
#include <map>
#include <queue>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace std;

struct Regions {
    int count = 0, largest = 0;
};

map<char, Regions> find_regions(const vector<string>& picture) {
    int rows = picture.size(), columns = picture[0].size();
    const int down[] = {-1, 0, 1, 0}, right[] = {0, -1, 0, 1};
    map<char, Regions> regions;
    set<pair<int, int>> seen;
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            if (!seen.insert({row, column}).second) continue;
            queue<pair<int, int>> places;
            places.push({row, column});
            int size = 0;
            while (!places.empty()) {
                auto [r, c] = places.front();
                places.pop();
                size++;
                for (int way = 0; way < 4; way++) {
                    int y = r + down[way], x = c + right[way];
                    if (y < 0 || y >= rows || x < 0 || x >= columns) continue;
                    if (picture[y][x] != picture[r][c]) continue;
                    if (seen.insert({y, x}).second) places.push({y, x});
                }
            }
            Regions& of_colour = regions[picture[row][column]];
            of_colour.count++;
            of_colour.largest = max(of_colour.largest, size);
        }
    }
    return regions;
}

int main() {
    int rows, columns;
    cin >> rows >> columns;
    vector<string> picture(rows);
    for (string& row : picture) cin >> row;
    for (const auto& [colour, regions] : find_regions(picture)) {
        cout << colour << ' ' << regions.count << ' ' << regions.largest << '\n';
    }
    return 0;
}
