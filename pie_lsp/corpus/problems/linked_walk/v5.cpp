#include <bits/stdc++.h>
using namespace std;

class Table {
public:
    explicit Table(int n) : left(n), right(n) {}

    void sit_down(int person, int neighbour) {
        left[person] = neighbour;
        right[person] = right[neighbour];
        left[right[neighbour]] = person;
        right[neighbour] = person;
        ++people;
    }

    void walk(int steps) {
        int person = current;
        for (steps %= people; steps > 0; --steps) person = right[person];
        current = person;
    }

    int leave() {
        int person = current;
        current = left[person];
        right[current] = right[person];
        left[right[person]] = current;
        --people;
        return person;
    }

    int person() const { return current; }
    int size() const { return people; }

private:
    vector<int> left, right;
    int current = 0;
    int people = 1;
};

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, m;
    cin >> n >> m;
    Table table(n);
    for (int i = 1; i < n; i++) {
        int p;
        cin >> p;
        table.sit_down(i, p);
    }
    vector<int> counts(m);
    for (int& c : counts) cin >> c;

    unsigned checksum = 0;
    for (int turn = 0; table.size() > 1; turn++) {
        table.walk(counts[turn % m]);
        checksum = checksum * 131 + table.leave() + 1;
    }
    cout << table.person() << ' ' << checksum << '\n';
}
