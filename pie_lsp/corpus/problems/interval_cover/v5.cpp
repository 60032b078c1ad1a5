#include <bits/stdc++.h>
using namespace std;

const int DAYS = 20000;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, q;
    cin >> n >> q;
    vector<int> guests(DAYS + 2);
    for (int i = 0; i < n; i++) {
        int first, last;
        cin >> first >> last;
        guests[first]++;
        guests[last + 1]--;
    }
    for (int day = 1; day <= DAYS; day++) {
        guests[day] += guests[day - 1];
    }
    int most = 0;
    for (int i = 0; i < q; i++) {
        int day;
        cin >> day;
        cout << guests[day] << '\n';
        most = max(most, guests[day]);
    }
    cout << most << '\n';
    return 0;
}
