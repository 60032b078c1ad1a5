#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace std;

struct Filter {
    char kind = 'P';
    string prefix;
    int low = 0, high = 0;
};

Filter parse_filter(const string& line) {
    stringstream words(line);
    Filter filter;
    words >> filter.kind;
    if (filter.kind == 'P')
        words >> filter.prefix;
    else
        words >> filter.low >> filter.high;
    return filter;
}

bool starts_with(const string& text, const string& prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

bool in_range(const string& line, int low, int high) {
    size_t at = line.find(' ') + 1;
    int code = 0;
    while (line[at] != ' ')
        code = code * 10 + (line[at++] - '0');
    return low <= code && code <= high;
}

bool selects(const Filter& filter, const string& line) {
    if (filter.kind == 'P')
        return starts_with(line, filter.prefix);
    return in_range(line, filter.low, filter.high);
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
        Filter filter = parse_filter(line);
        int found = 0;
        for (size_t i = 0; i < log.size(); i++) {
            if (selects(filter, log[i])) {
                cout << i + 1 << ": " << log[i] << '\n';
                found++;
            }
        }
        cout << found << " of " << n << '\n';
    }
    return 0;
}
