#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace std;

bool starts_with(string text, string prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

bool in_range(string line, int low, int high) {
    stringstream fields(line);
    string component;
    int code;
    fields >> component >> code;
    return low <= code && code <= high;
}

int main() {
    int n, q;
    cin >> n >> q;
    string line;
    getline(cin, line);
    vector<string> log;
    for (int i = 0; i < n; i++) {
        getline(cin, line);
        log.push_back(line);
    }

    for (int k = 0; k < q; k++) {
        getline(cin, line);
        stringstream filter(line);
        char kind;
        string prefix;
        int low = 0, high = 0;
        filter >> kind;
        if (kind == 'P')
            filter >> prefix;
        else
            filter >> low >> high;

        int found = 0;
        for (size_t i = 0; i < log.size(); i++) {
            bool match = kind == 'P' ? starts_with(log[i], prefix) : in_range(log[i], low, high);
            if (match) {
                cout << i + 1 << ": " << log[i] << endl;
                found++;
            }
        }
        cout << found << " of " << n << endl;
    }
    return 0;
}
