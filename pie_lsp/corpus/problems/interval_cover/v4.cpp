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
    function<bool(int, int)> earlier = [](int a, int b) { return a < b; };
    sort(firsts.begin(), firsts.end(), earlier);
    sort(lasts.begin(), lasts.end(), earlier);
    int most = 0;
    for (int i = 0; i < q; i++) {
        int day;
        cin >> day;
        int begun = upper_bound(firsts.begin(), firsts.end(), day, earlier) - firsts.begin();
        int over = lower_bound(lasts.begin(), lasts.end(), day, earlier) - lasts.begin();
        int count = begun - over;
        cout << count << '\n';
        most = max(most, count);
    }
    cout << most << '\n';
    return 0;
}
