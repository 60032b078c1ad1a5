#include <bits/stdc++.h>
using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, q;
    cin >> n >> q;
    vector<int> firsts(n), lasts(n);
    for (int i = 0; i < n; i++) {
        cin >> firsts[i] >> lasts[i];
    }
    sort(firsts.begin(), firsts.end());
    sort(lasts.begin(), lasts.end());
    int most = 0;
    for (int i = 0; i < q; i++) {
        int day;
        cin >> day;
        int begun = upper_bound(firsts.begin(), firsts.end(), day) - firsts.begin();
        int over = lower_bound(lasts.begin(), lasts.end(), day) - lasts.begin();
        int count = begun - over;
        cout << count << '\n';
        if (count > most) {
            most = count;
        }
    }
    cout << most << '\n';
    return 0;
}
