#include <bits/stdc++.h>
using namespace std;

struct Stay {
    int first, last;
};

int count_stays(const vector<Stay>& stays, int day) {
    int count = 0;
    for (const Stay& stay : stays) {
        if (stay.first <= day && day <= stay.last) {
            count++;
        }
    }
    return count;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, q;
    cin >> n >> q;
    vector<Stay> stays(n);
    for (int i = 0; i < n; i++) {
        cin >> stays[i].first >> stays[i].last;
    }
    int most = 0;
    for (int i = 0; i < q; i++) {
        int day;
        cin >> day;
        int count = count_stays(stays, day);
        cout << count << '\n';
        if (count > most) {
            most = count;
        }
    }
    cout << most << '\n';
    return 0;
}
