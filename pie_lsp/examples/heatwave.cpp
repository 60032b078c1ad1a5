// Weather diary: finds the days that came close to the hottest day, and the longest heat wave.
//
// Input: the number of days and a margin, then one temperature per day in tenths of a degree.
// Output: how many days lie within the margin, the longest run of such days, and where it begins.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <vector>
using namespace std;

struct Wave {
    int begin = 0;
    int length = 0;
};

int countHot(const vector<int> &days, int margin) {
    int hot = 0;
    for (size_t i = 0; i < days.size(); i++) {
        if (days[i] + margin >= *max_element(days.begin(), days.end())) {
            hot++;
        }
    }
    return hot;
}

Wave longestWave(const vector<int> &days, int limit) {
    Wave best;
    int length = 0;
    for (size_t i = 0; i < days.size(); i++) {
        if (days[i] < limit) {
            length = 0;
            continue;
        }
        length++;
        if (length > best.length) {
            best.length = length;
            best.begin = (int)i - length + 1;
        }
    }
    return best;
}

int main() {
    int count, margin;
    cin >> count >> margin;
    vector<int> days(count);
    for (int i = 0; i < count; i++) {
        cin >> days[i];
    }
    if (days.empty()) {
        cout << "no diary\n";
        return 0;
    }
    int hottest = *max_element(days.begin(), days.end());
    Wave wave = longestWave(days, hottest - margin);
    cout << "hottest day " << (hottest < 0 ? "-" : "") << abs(hottest) / 10 << '.' << abs(hottest) % 10 << '\n';
    cout << countHot(days, margin) << " days within " << margin << " of it\n";
    cout << "longest wave: " << wave.length << " days from day " << wave.begin + 1 << '\n';
    return 0;
}
