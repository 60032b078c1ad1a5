#include <bits/stdc++.h>
using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, m;
    cin >> n >> m;
    list<int> table;
    vector<list<int>::iterator> place(n);
    table.push_back(0);
    place[0] = table.begin();
    for (int i = 1; i < n; i++) {
        int p;
        cin >> p;
        place[i] = table.insert(next(place[p]), i);
    }
    vector<int> counts(m);
    for (int& c : counts) cin >> c;

    unsigned checksum = 0;
    list<int>::iterator current = place[0];
    for (int turn = 0; table.size() > 1; turn++) {
        int steps = counts[turn % m] % (int)table.size();
        for (int i = 0; i < steps; i++) {
            ++current;
            if (current == table.end()) current = table.begin();
        }
        checksum = checksum * 131 + *current + 1;
        current = table.erase(current);
        if (current == table.begin()) current = table.end();
        --current;
    }
    cout << table.front() << ' ' << checksum << '\n';
}
