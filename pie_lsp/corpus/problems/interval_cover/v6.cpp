#include <bits/stdc++.h>
using namespace std;

const int DAYS = 20000;

vector<int> guests_by_day(int n) {
    vector<int> guests(DAYS + 2);
    while (n--) {
        int first, last;
        cin >> first >> last;
        ++guests.at(first);
        --guests.at(last + 1);
    }
    partial_sum(guests.begin(), guests.end(), guests.begin());
    return guests;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, q;
    cin >> n >> q;
    const vector<int> guests = guests_by_day(n);
    int most = 0;
    while (q--) {
        int day;
        cin >> day;
        const int count = guests.at(day);
        cout << count << "\n";
        most = max(most, count);
    }
    cout << most << "\n";
    return 0;
}
