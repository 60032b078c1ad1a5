#include <iostream>
#include <vector>

using namespace std;

int main() {
    int games;
    cin >> games;
    for (int g = 0; g < games; g++) {
        int k, n;
        cin >> k >> n;
        vector<int> takings(k);
        for (int& taking : takings) cin >> taking;
        vector<char> wins(n + 1);
        int losing = 0;
        for (int heap = 0; heap <= n; heap++) {
            for (int taking : takings) {
                if (taking <= heap && !wins[heap - taking]) wins[heap] = 1;
            }
            losing += !wins[heap];
        }
        cout << (wins[n] ? "first" : "second") << ' ' << losing << '\n';
    }
    return 0;
}
