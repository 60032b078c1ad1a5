#include <iostream>
#include <vector>

using namespace std;

bool wins(int heap, const vector<int>& takings) {
    bool can_win = false;
    for (int taking : takings) {
        if (taking <= heap && !wins(heap - taking, takings)) can_win = true;
    }
    return can_win;
}

int main() {
    int games;
    cin >> games;
    for (int g = 0; g < games; g++) {
        int k, n;
        cin >> k >> n;
        vector<int> takings(k);
        for (int& taking : takings) cin >> taking;
        int losing = 0;
        for (int heap = 0; heap <= n; heap++) {
            if (!wins(heap, takings)) losing++;
        }
        cout << (wins(n, takings) ? "first" : "second") << ' ' << losing << '\n';
    }
    return 0;
}
