#include <iostream>
#include <utility>
#include <vector>

using namespace std;

const long long LOW = 1 << 20;

vector<short> known(LOW);

long long after(long long height) {
    return height % 2 == 0 ? height / 2 : 3 * height + 1;
}

bool is_new(long long height) {
    return height != 1 && (height >= LOW || known[height] == 0);
}

int steps_from(int start) {
    int steps = 0;
    long long height = start;
    for (; is_new(height); height = after(height)) steps++;
    steps += known[height];
    int left = steps;
    for (height = start; is_new(height); height = after(height)) {
        if (height < LOW) known[height] = left;
        left--;
    }
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
