#include <algorithm>
#include <iostream>
#include <utility>
#include <vector>

using namespace std;

int common_neighbours(const vector<int>& a, const vector<int>& b) {
    int common = 0;
    auto i = a.begin(), j = b.begin();
    while (i != a.end() && j != b.end()) {
        if (*i < *j) {
            ++i;
        } else if (*j < *i) {
            ++j;
        } else {
            ++common;
            ++i;
            ++j;
        }
    }
    return common;
}

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, m;
    cin >> n >> m;
    vector<vector<int>> adj(n);
    vector<pair<int, int>> edges(m);
    for (auto& [u, v] : edges) {
        cin >> u >> v;
        adj[u].push_back(v);
        adj[v].push_back(u);
    }
    for (auto& list : adj)
        sort(list.begin(), list.end());

    long long triangles = 0;
    for (const auto& [u, v] : edges) {
        int common = common_neighbours(adj[u], adj[v]);
        cout << common << '\n';
        triangles += common;
    }
    cout << triangles / 3 << '\n';
    return 0;
}
