#include <iostream>
#include <queue>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace std;

struct Customer {
    int number, things;
};

int main() {
    int k, n, came = 0, left = 0;
    cin >> k >> n;
    vector<queue<Customer>> lines(k);
    set<pair<size_t, int>> by_length;
    for (int line = 0; line < k; line++) by_length.insert({0, line});
    for (int i = 0; i < n; i++) {
        string event;
        int number;
        cin >> event >> number;
        if (event == "come") {
            came++;
            int line = by_length.begin()->second;
            by_length.erase(by_length.begin());
            lines[line].push({came, number});
            by_length.insert({lines[line].size(), line});
        } else if (!lines[number - 1].empty()) {
            Customer first = lines[number - 1].front();
            by_length.erase({lines[number - 1].size(), number - 1});
            lines[number - 1].pop();
            by_length.insert({lines[number - 1].size(), number - 1});
            cout << first.number << ' ' << first.things << endl;
            left++;
        }
    }
    cout << came - left << endl;
    return 0;
}
