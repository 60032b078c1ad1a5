#include <bits/stdc++.h>
using namespace std;

struct Seat {
    Seat* left;
    Seat* right;
    int person;
};

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, m;
    cin >> n >> m;
    vector<Seat*> place(n);
    place[0] = new Seat();
    place[0]->left = place[0]->right = place[0];
    for (int i = 1; i < n; i++) {
        int p;
        cin >> p;
        place[i] = new Seat{place[p], place[p]->right, i};
        place[i]->left->right = place[i];
        place[i]->right->left = place[i];
    }
    vector<int> counts(m);
    for (int& c : counts) cin >> c;

    unsigned checksum = 0;
    Seat* current = place[0];
    int people = n;
    for (int turn = 0; people > 1; turn++) {
        int steps = counts[turn % m] % people;
        for (int i = 0; i < steps; i++) current = current->right;
        checksum = checksum * 131 + current->person + 1;
        Seat* left = current->left;
        left->right = current->right;
        current->right->left = left;
        delete current;
        current = left;
        people--;
    }
    cout << current->person << ' ' << checksum << '\n';
    delete current;
}
