#include <iostream>
#include <utility>
#include <vector>

using namespace std;

using Bridge = pair<int, int>;

int root_of(vector<int>& land, int island) {
    while (land[island] != island) {
        land[island] = land[land[island]];
        island = land[island];
    }
    return island;
}

vector<pair<int, int>> build(int islands, const vector<Bridge>& bridges) {
    vector<int> land(islands + 1);
    for (int i = 1; i <= islands; i++) land[i] = i;
    vector<int> size(islands + 1, 1);
    int lands = islands;
    vector<pair<int, int>> report;
    for (const Bridge& bridge : bridges) {
        int old = root_of(land, bridge.second), kept = root_of(land, bridge.first);
        if (old != kept) {
            if (size[old] > size[kept]) swap(old, kept);
            land[old] = kept;
            size[kept] += size[old];
            lands--;
        }
        report.push_back({lands, size[kept]});
    }
    return report;
}

int main() {
    int n, m;
    cin >> n >> m;
    vector<Bridge> bridges(m);
    for (Bridge& bridge : bridges) cin >> bridge.first >> bridge.second;
    for (const auto& line : build(n, bridges)) cout << line.first << ' ' << line.second << '\n';
    return 0;
}
