#include <iostream>
#include <vector>

using namespace std;

const long long MODULUS = 1000000007;

long long count_ways(int stairs, int stride, const vector<int>& wet) {
    vector<char> marked(41);
    for (int stair : wet) marked[stair] = 1;
    vector<long long> ways(stairs + 1);
    ways[0] = 1;
    for (int stair = 1; stair <= stairs; stair++) {
        for (int step = 1; step <= stride && step <= stair; step++) ways[stair] += ways[stair - step];
        ways[stair] = marked[stair] ? 0 : ways[stair] % MODULUS;
    }
    return ways[stairs];
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
