#include <algorithm>
#include <iostream>
#include <string>
#include <vector>
using namespace std;

typedef vector<vector<int>> Picture;

int h, w, rounds, radius;

struct Window {
    int sum = 0;
    int cells = 0;

    void add(int cell) {
        sum += cell;
        ++cells;
    }
    void remove(int cell) {
        sum -= cell;
        --cells;
    }
    int average() const { return cells > 0 ? sum / cells : 0; }
};

void blur_rows(const Picture& picture, Picture& result) {
    for (int y = 0; y < h; y++) {
        Window window;
        for (int x = 0; x < w + radius; x++) {
            if (x < w) window.add(picture[y][x]);
            if (x > 2 * radius) window.remove(picture[y][x - 2 * radius - 1]);
            if (x >= radius) result[y][x - radius] = window.average();
        }
    }
}

void blur_columns(const Picture& picture, Picture& result) {
    for (int x = 0; x < w; x++) {
        Window window;
        for (int y = 0; y < h + radius; y++) {
            if (y < h) window.add(picture[y][x]);
            if (y > 2 * radius) window.remove(picture[y - 2 * radius - 1][x]);
            if (y >= radius) result[y - radius][x] = window.average();
        }
    }
}

int main() {
    ios::sync_with_stdio(false);
    cin >> h >> w >> rounds >> radius;
    Picture picture(h, vector<int>(w));
    for (int y = 0; y < h; y++) {
        string row;
        cin >> row;
        for (int x = 0; x < w; x++) picture[y][x] = (row[x] - 'a') * 40;
    }
    Picture blurred(h, vector<int>(w));
    for (int i = 0; i < rounds; i++) {
        blur_rows(picture, blurred);
        blur_columns(blurred, picture);
    }

    long long total = 0;
    int brightest = 0;
    unsigned checksum = 7;
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            int cell = picture[y][x];
            total += cell;
            brightest = max(brightest, cell);
            checksum = checksum * 31 + cell;
        }
    }
    cout << total << ' ' << brightest << ' ' << checksum << '\n';
}
