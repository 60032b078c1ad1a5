#include <iostream>
#include <vector>

using namespace std;

enum Outcome : char { UNKNOWN, WON, LOST };

bool wins(int heap, const vector<int>& takings, vector<Outcome>& known) {
    if (known[heap] != UNKNOWN) return known[heap] == WON;
    known[heap] = LOST;
    for (int taking : takings) {
        if (taking > heap) break;
        if (!wins(heap - taking, takings, known)) {
            known[heap] = WON;
            break;
        }
    }
    return known[heap] == WON;
}

int main() {
    int games;
    cin >> games;
    for (int g = 0; g < games; g++) {
        int k, n;
        cin >> k >> n;
        vector<int> takings(k);
        for (int& taking : takings) cin >> taking;
        vector<Outcome> known(n + 1, UNKNOWN);
        int losing = 0;
        for (int heap = 0; heap <= n; heap++) {
            if (!wins(heap, takings, known)) losing++;
        }
        cout << (wins(n, takings, known) ? "first" : "second") << ' ' << losing << '\n';
    }
    return 0;
}
