#include <iostream>
#include <map>
#include <string>

using namespace std;

int main() {
    int n, refused = 0;
    cin >> n;
    map<string, long long> purses;
    for (int i = 0; i < n; i++) {
        string event, name;
        long long amount;
        cin >> event >> name >> amount;
        if (event == "earn") purses[name] += amount;
        if (event == "pay") {
            if (purses[name] >= amount) {
                purses[name] -= amount;
            } else {
                refused++;
            }
        }
        if (event == "count") cout << purses[name] << endl;
    }
    cout << refused << endl;
    return 0;
}
