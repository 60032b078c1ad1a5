#include <iostream>
#include <vector>

using namespace std;

const long long MODULUS = 1000000007;

long long ways_from(int stair, int stairs, int stride, const vector<char>& wet,
                    vector<long long>& known) {
    if (stair > stairs || wet[stair]) return 0;
    if (stair == stairs) return 1;
    if (known[stair] >= 0) return known[stair];
    long long ways = 0;
    for (int step = 1; step <= stride; step++) ways += ways_from(stair + step, stairs, stride, wet, known);
    return known[stair] = ways % MODULUS;
}

long long count_ways(int stairs, int stride, const vector<int>& wet) {
    vector<char> marked(41);
    for (int stair : wet) marked[stair] = 1;
    vector<long long> known(stairs + 1, -1);
    return ways_from(0, stairs, stride, marked, known);
}

int main() {
    int q;
    cin >> q;
    for (int i = 0; i < q; i++) {
        int stairs, stride, count;
        cin >> stairs >> stride >> count;
        vector<int> wet(count);
        for (int& stair : wet) cin >> stair;
        cout << count_ways(stairs, stride, wet) << '\n';
    }
    return 0;
}
