#include <iostream>
#include <string>
#include <vector>

using namespace std;

struct Customer {
    int number, things;
};

int shortest(const vector<vector<Customer>>& lines) {
    int best = 0;
    for (size_t i = 1; i < lines.size(); i++) {
        if (lines[i].size() < lines[best].size()) best = i;
    }
    return best;
}

int main() {
    int k, n, came = 0, left = 0;
    cin >> k >> n;
    vector<vector<Customer>> lines(k);
    for (int i = 0; i < n; i++) {
        string event;
        int number;
        cin >> event >> number;
        if (event == "come") {
            came++;
            lines[shortest(lines)].push_back({came, number});
        } else if (!lines[number - 1].empty()) {
            Customer first = lines[number - 1][0];
            lines[number - 1].erase(lines[number - 1].begin());
            cout << first.number << ' ' << first.things << endl;
            left++;
        }
    }
    cout << came - left << endl;
    return 0;
}
