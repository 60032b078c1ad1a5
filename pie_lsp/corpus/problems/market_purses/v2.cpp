#include <iostream>
#include <string>
#include <utility>
#include <vector>

using namespace std;

int find_purse(const vector<pair<string, long long>>& purses, const string& name) {
    for (size_t i = 0; i < purses.size(); i++) {
        if (purses[i].first == name) return i;
    }
    return -1;
}

int main() {
    int n, refused = 0;
    cin >> n;
    vector<pair<string, long long>> purses;
    for (int i = 0; i < n; i++) {
        string event, name;
        long long amount;
        cin >> event >> name >> amount;
        int at = find_purse(purses, name);
        if (at < 0) {
            at = purses.size();
            purses.push_back({name, 0});
        }
        if (event == "earn") purses[at].second += amount;
        if (event == "pay") {
            if (purses[at].second >= amount) {
                purses[at].second -= amount;
            } else {
                refused++;
            }
        }
        if (event == "count") cout << purses[at].second << endl;
    }
    cout << refused << endl;
    return 0;
}
