#include <algorithm>
#include <iostream>
#include <utility>
#include <vector>

using namespace std;

int common_neighbours(const int* i, const int* i_end, const int* j, const int* j_end) {
    int common = 0;
    while (i != i_end && j != j_end) {
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
    vector<pair<int, int>> edges(m);
    vector<int> start(n + 1, 0);
    for (auto& [u, v] : edges) {
        cin >> u >> v;
        ++start[u + 1];
        ++start[v + 1];
    }
    for (int u = 0; u < n; ++u)
        start[u + 1] += start[u];
    vector<int> adj(2 * m), filled(start.begin(), start.end() - 1);
    for (const auto& [u, v] : edges) {
        adj[filled[u]++] = v;
        adj[filled[v]++] = u;
    }
    for (int u = 0; u < n; ++u)
        sort(adj.begin() + start[u], adj.begin() + start[u + 1]);

    long long triangles = 0;
    for (const auto& [u, v] : edges) {
        int common = common_neighbours(&adj[0] + start[u], &adj[0] + start[u + 1], &adj[0] + start[v], &adj[0] + start[v + 1]);
        cout << common << '\n';
        triangles += common;
    }
    cout << triangles / 3 << '\n';
    return 0;
}
