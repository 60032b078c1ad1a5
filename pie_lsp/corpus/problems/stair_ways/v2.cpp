#include <iostream>
#include <set>
#include <vector>

using namespace std;

const long long MODULUS = 1000000007;

long long ways_from(int stair, int stairs, int stride, const set<int>& wet) {
    if (stair > stairs || wet.count(stair)) return 0;
    if (stair == stairs) return 1;
    long long ways = 0;
    for (int step = 1; step <= stride; step++) ways += ways_from(stair + step, stairs, stride, wet);
    return ways % MODULUS;
}

long long count_ways(int stairs, int stride, const vector<int>& wet) {
    return ways_from(0, stairs, stride, set<int>(wet.begin(), wet.end()));
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
