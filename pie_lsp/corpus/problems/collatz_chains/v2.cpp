#include <iostream>
#include <utility>
#include <vector>

using namespace std;

const long long LOW = 1 << 20;

vector<int> known(LOW);

int steps_from(long long height) {
    if (height == 1) return 0;
    if (height < LOW && known[height] != 0) return known[height];
    int steps = 1 + steps_from(height % 2 == 0 ? height / 2 : 3 * height + 1);
    if (height < LOW) known[height] = steps;
    return steps;
}

pair<int, int> longest_fall(int first, int last) {
    int best = first, most = -1;
    for (int height = first; height <= last; height++) {
        if (steps_from(height) > most) {
            best = height;
            most = steps_from(height);
        }
    }
    return {best, most};
}

int main() {
    int storms;
    cin >> storms;
    for (int s = 0; s < storms; s++) {
        int first, last;
        cin >> first >> last;
        pair<int, int> found = longest_fall(first, last);
        cout << found.first << ' ' << found.second << endl;
    }
    return 0;
}
