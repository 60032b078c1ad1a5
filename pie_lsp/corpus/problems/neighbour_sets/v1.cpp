#include <iostream>
#include <set>
#include <utility>
#include <vector>

using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, m;
    cin >> n >> m;
    vector<set<int>> adj(n);
    vector<pair<int, int>> edges(m);
    for (int i = 0; i < m; i++) {
        int u, v;
        cin >> u >> v;
        edges[i] = make_pair(u, v);
        adj[u].insert(v);
        adj[v].insert(u);
    }

    long long triangles = 0;
    for (int i = 0; i < m; i++) {
        int u = edges[i].first, v = edges[i].second;
        int common = 0;
        for (set<int>::iterator it = adj[u].begin(); it != adj[u].end(); it++) {
            if (adj[v].count(*it))
                common++;
        }
        cout << common << '\n';
        triangles += common;
    }
    cout << triangles / 3 << '\n';
    return 0;
}
