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

struct Item {
    int weight;
    string name;
};

int main() {
    vector<Item> items;
    int x;
    while (cin >> x) items.push_back({x % 50, to_string(x)});
    for (auto it = items.begin(); it != items.end();) {
        if (it->weight % 3 == 0 || it->name.size() == 1) {
            it = items.erase(it);
        } else {
            ++it;
        }
    }
    for (const Item &item : items) cout << item.name << ' ';
    cout << items.size() << '\n';
}
