#include <iostream>
#include <utility>

using namespace std;

int steps_from(long long height) {
    if (height == 1) return 0;
    if (height % 2 == 0) return 1 + steps_from(height / 2);
    return 1 + steps_from(3 * height + 1);
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
