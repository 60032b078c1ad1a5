#include <algorithm>
#include <iostream>
#include <string>
#include <vector>
using namespace std;

typedef vector<vector<int>> Picture;

int h, w, rounds, radius;

Picture blur_rows(const Picture& picture) {
    Picture result(h, vector<int>(w));
    for (int y = 0; y < h; y++) {
        int sum = 0, cells = 0;
        for (int x = 0; x < w + radius; x++) {
            if (x < w) sum += picture[y][x], cells++;
            if (x > 2 * radius) sum -= picture[y][x - 2 * radius - 1], cells--;
            if (x >= radius) result[y][x - radius] = sum / cells;
        }
    }
    return result;
}

Picture blur_columns(const Picture& picture) {
    Picture result(h, vector<int>(w));
    for (int x = 0; x < w; x++) {
        int sum = 0, cells = 0;
        for (int y = 0; y < h + radius; y++) {
            if (y < h) sum += picture[y][x], cells++;
            if (y > 2 * radius) sum -= picture[y - 2 * radius - 1][x], cells--;
            if (y >= radius) result[y - radius][x] = sum / cells;
        }
    }
    return result;
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
    for (int i = 0; i < rounds; i++) picture = blur_columns(blur_rows(picture));

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
