#include <algorithm>
#include <iostream>
#include <map>
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
    vector<vector<char>> seen(rows, vector<char>(columns));
    vector<pair<int, int>> places;
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            if (seen[row][column]) continue;
            seen[row][column] = 1;
            places.push_back({row, column});
            int size = 0;
            while (!places.empty()) {
                auto [r, c] = places.back();
                places.pop_back();
                size++;
                for (int way = 0; way < 4; way++) {
                    int y = r + down[way], x = c + right[way];
                    if (y < 0 || y >= rows || x < 0 || x >= columns) continue;
                    if (seen[y][x] || picture[y][x] != picture[r][c]) continue;
                    seen[y][x] = 1;
                    places.push_back({y, x});
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
