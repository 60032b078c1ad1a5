#include <bits/stdc++.h>
using namespace std;

struct Seat {
    Seat* left;
    Seat* right;
    int person;
};

class Table {
public:
    explicit Table(int n) : place(n) {
        place[0] = new Seat();
        place[0]->left = place[0]->right = place[0];
        current = place[0];
    }

    ~Table() { delete current; }

    void sit_down(int person, int neighbour) {
        Seat* left = place[neighbour];
        place[person] = new Seat{left, left->right, person};
        left->right->left = place[person];
        left->right = place[person];
        ++people;
    }

    void walk(int steps) {
        for (steps %= people; steps > 0; --steps) current = current->right;
    }

    int leave() {
        int person = current->person;
        Seat* left = current->left;
        left->right = current->right;
        current->right->left = left;
        delete current;
        current = left;
        --people;
        return person;
    }

    int person() const { return current->person; }
    int size() const { return people; }

private:
    vector<Seat*> place;
    Seat* current;
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
