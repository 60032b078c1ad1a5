#include <algorithm>
#include <cctype>
#include <cstring>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
using namespace std;

int deepest(vector<vector<int>> children, int node);

int deepest(vector<vector<int>> children, int node) {
    int depth = 0;
    for (int child : children[node]) depth = max(depth, deepest(children, child));
    return depth + 1;
}

int main() {
    vector<vector<int>> children(1);
    int x;
    while (cin >> x && children.size() < 60) {
        int parent = (x < 0 ? -x : x) % children.size();
        children[parent].push_back(children.size());
        children.push_back({});
    }
    cout << deepest(children, 0) << ' ' << children.size() << '\n';
}
