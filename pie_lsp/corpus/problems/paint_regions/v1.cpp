#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

using namespace std;

struct Regions {
    int count = 0, largest = 0;
};

map<char, Regions> find_regions(const vector<string>& picture) {
    int rows = picture.size(), columns = picture[0].size();
    vector<vector<int>> label(rows, vector<int>(columns));
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) label[r][c] = r * columns + c;
    }
    bool changed = true;
    while (changed) {
        changed = false;
        vector<vector<int>> next = label;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                char colour = picture[r][c];
                if (r > 0 && picture[r - 1][c] == colour) next[r][c] = min(next[r][c], label[r - 1][c]);
                if (c > 0 && picture[r][c - 1] == colour) next[r][c] = min(next[r][c], label[r][c - 1]);
                if (r + 1 < rows && picture[r + 1][c] == colour) next[r][c] = min(next[r][c], label[r + 1][c]);
                if (c + 1 < columns && picture[r][c + 1] == colour) next[r][c] = min(next[r][c], label[r][c + 1]);
                if (next[r][c] != label[r][c]) changed = true;
            }
        }
        label = next;
    }
    map<int, int> sizes;
    for (const auto& row : label) {
        for (int l : row) sizes[l]++;
    }
    map<char, Regions> regions;
    for (auto [l, size] : sizes) {
        Regions& of_colour = regions[picture[l / columns][l % columns]];
        of_colour.count++;
        of_colour.largest = max(of_colour.largest, size);
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
