// Visitors of a museum: after every event at a turnstile, tells how many people are inside.
//
// Input: the number of events, the capacity of the house, then one line "GATE CHANGE" per event,
// where CHANGE is how many people came in (positive) or went out (negative).
#include <iostream>
#include <vector>
using namespace std;

struct Gate {
    long long entered = 0;
    long long left = 0;
};

const int GATES = 10;

int main() {
    int events, capacity;
    cin >> events >> capacity;

    vector<Gate> gates(GATES);
    long long inside = 0;
    long long peak = 0;
    int alarms = 0;

    for (int i = 0; i < events; i++) {
        int gate, change;
        cin >> gate >> change;
        if (gate < 0 || gate >= GATES) {
            cout << "no gate " << gate << endl;
            continue;
        }
        if (change >= 0) {
            gates[gate].entered += change;
        } else {
            gates[gate].left -= change;
        }
        inside += change;
        if (inside > peak) {
            peak = inside;
        }
        if (inside > capacity) {
            alarms++;
            cout << inside << " FULL" << endl;
        } else {
            cout << inside << endl;
        }
    }

    cout << "peak " << peak << ", alarms " << alarms << endl;
    for (int g = 0; g < GATES; g++) {
        if (gates[g].entered + gates[g].left > 0) {
            cout << "gate " << g << ": +" << gates[g].entered << " -" << gates[g].left << endl;
        }
    }
    return 0;
}
