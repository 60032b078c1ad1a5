// The door of a party: checks every ticket against the guest list and refuses tickets used twice.
//
// Input: the number of guests and of arrivals, the ticket numbers of the guests, then the tickets as
// people arrive. Output: one letter per arrival (W welcome, T used twice, X unknown) and the totals.
#include <algorithm>
#include <iostream>
#include <set>
#include <string>
using namespace std;

class Door {
public:
    void invite(int ticket) { invited.insert(ticket); }

    char admit(int ticket) {
        if (find(invited.begin(), invited.end(), ticket) == invited.end()) {
            unknown++;
            return 'X';
        }
        if (!inside.insert(ticket).second) {
            twice++;
            return 'T';
        }
        return 'W';
    }

    void report() const {
        cout << inside.size() << " of " << invited.size() << " guests inside, " << twice << " tickets used twice, "
             << unknown << " unknown\n";
    }

private:
    set<int> invited;
    set<int> inside;
    int twice = 0;
    int unknown = 0;
};

int main() {
    int guests, arrivals;
    cin >> guests >> arrivals;

    Door door;
    for (int i = 0; i < guests; i++) {
        int ticket;
        cin >> ticket;
        door.invite(ticket);
    }

    string letters;
    for (int i = 0; i < arrivals; i++) {
        int ticket;
        cin >> ticket;
        letters += door.admit(ticket);
    }
    for (size_t i = 0; i < letters.size(); i += 60) {
        cout << letters.substr(i, 60) << '\n';
    }
    door.report();
    return 0;
}
