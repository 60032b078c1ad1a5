#include <iostream>
#include <string>
#include <vector>
using namespace std;

int height, width, stride;
vector<char> pond;
vector<int> hops;
vector<int> waiting;

void search_from(int start) {
    hops.assign(pond.size(), -1);
    hops[start] = 0;
    waiting.clear();
    waiting.push_back(start);
    const int steps[4] = {-stride, -1, 1, stride};
    for (size_t i = 0; i < waiting.size(); ++i) {
        int place = waiting[i];
        for (int step : steps) {
            int next = place + step;
            if (pond[next] == '.' && hops[next] < 0) {
                hops[next] = hops[place] + 1;
                waiting.push_back(next);
            }
        }
    }
}

int main() {
    cin >> height >> width;
    stride = width + 2;
    pond.assign((height + 2) * stride, '#');
    for (int r = 1; r <= height; ++r) {
        string row;
        cin >> row;
        for (int c = 1; c <= width; ++c) {
            pond[r * stride + c] = row[c - 1];
        }
    }
    int frogs;
    cin >> frogs;
    while (frogs-- > 0) {
        int row, column;
        cin >> row >> column;
        search_from((row + 1) * stride + column + 1);
        int farthest = hops[waiting.back()];
        long long total = 0;
        for (int place : waiting) {
            total += hops[place];
        }
        cout << waiting.size() << ' ' << farthest << ' ' << total << '\n';
    }
    return 0;
}
