#include <algorithm>
#include <iostream>
#include <vector>
using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, q;
    cin >> n >> q;
    vector<int> samples(n);
    for (int i = 0; i < n; i++) cin >> samples[i];

    while (q--) {
        int lo, hi;
        cin >> lo >> hi;
        int below = 0, above = 0;
        long long clamped = 0;
        vector<int> kept;
        for (int i = 0; i < n; i++) {
            int v = samples[i];
            if (v < lo) {
                below++;
                clamped += lo;
            } else if (v > hi) {
                above++;
                clamped += hi;
            } else {
                clamped += v;
                kept.push_back(v);
            }
        }
        int smallest = -1, largest = -1, mix = 0;
        for (size_t i = 0; i < kept.size(); i++) {
            int v = kept[i];
            if (i == 0 || v < smallest) smallest = v;
            if (i == 0 || v > largest) largest = v;
            mix ^= v * v + 7 * v;
        }
        cout << below << ' ' << above << ' ' << clamped << ' ' << smallest << ' ' << largest << ' ' << mix << '\n';
    }
}
