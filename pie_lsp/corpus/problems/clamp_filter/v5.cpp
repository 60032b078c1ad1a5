#include <algorithm>
#include <iostream>
#include <vector>
using namespace std;

struct Summary {
    int below = 0;
    int above = 0;
    long long clamped = 0;
    int smallest = -1;
    int largest = -1;
    int mix = 0;

    void keep(int sample) {
        if (smallest < 0 || sample < smallest) smallest = sample;
        if (sample > largest) largest = sample;
        mix ^= sample * sample + 7 * sample;
    }
};

ostream& operator<<(ostream& out, const Summary& s) {
    out << s.below << ' ' << s.above << ' ' << s.clamped << ' ';
    return out << s.smallest << ' ' << s.largest << ' ' << s.mix;
}

Summary apply(const vector<int>& samples, int lo, int hi) {
    Summary summary;
    auto first = lower_bound(samples.begin(), samples.end(), lo);
    auto last = upper_bound(first, samples.end(), hi);
    summary.below = first - samples.begin();
    summary.above = samples.end() - last;
    summary.clamped = (long long)summary.below * lo + (long long)summary.above * hi;
    for (auto sample = first; sample != last; ++sample) {
        summary.clamped += *sample;
        summary.keep(*sample);
    }
    return summary;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, q;
    cin >> n >> q;
    vector<int> samples(n);
    for (int& sample : samples) cin >> sample;
    sort(samples.begin(), samples.end());

    while (q--) {
        int lo, hi;
        cin >> lo >> hi;
        cout << apply(samples, lo, hi) << '\n';
    }
}
