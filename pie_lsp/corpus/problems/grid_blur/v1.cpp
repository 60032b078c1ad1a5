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
        for (int x = 0; x < w; x++) {
            int left = max(x - radius, 0), right = min(x + radius, w - 1);
            int sum = 0;
            for (int i = left; i <= right; i++) sum += picture[y][i];
            result[y][x] = sum / (right - left + 1);
        }
    }
    return result;
}

Picture blur_columns(const Picture& picture) {
    Picture result(h, vector<int>(w));
    for (int x = 0; x < w; x++) {
        for (int y = 0; y < h; y++) {
            int top = max(y - radius, 0), bottom = min(y + radius, h - 1);
            int sum = 0;
            for (int i = top; i <= bottom; i++) sum += picture[i][x];
            result[y][x] = sum / (bottom - top + 1);
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
