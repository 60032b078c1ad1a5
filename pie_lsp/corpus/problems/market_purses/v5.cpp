#include <iostream>
#include <string>
#include <unordered_map>

using namespace std;

int main() {
    ios::sync_with_stdio(false);
    cin.tie(nullptr);
    int n, refused = 0;
    cin >> n;
    unordered_map<string, long long> purses;
    for (int i = 0; i < n; i++) {
        string event, name;
        long long amount;
        cin >> event >> name >> amount;
        long long& purse = purses[name];
        if (event == "earn") purse += amount;
        if (event == "pay") {
            if (purse >= amount) {
                purse -= amount;
            } else {
                refused++;
            }
        }
        if (event == "count") cout << purse << '\n';
    }
    cout << refused << '\n';
    return 0;
}
