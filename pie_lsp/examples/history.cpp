// A browser's history: shows the pages newest first, and the most visited page.
//
// Input: the number of visits, then the page numbers in the order of the visits. Output: the newest
// pages, a checksum of the whole list as the browser would store it, and the favourite.
#include <algorithm>
#include <iostream>
#include <map>
#include <vector>
using namespace std;

const int SHOWN = 10;

vector<int> readNewestFirst(int visits) {
    vector<int> history;
    for (int i = 0; i < visits; i++) {
        int page;
        cin >> page;
        history.insert(history.begin(), page);
    }
    return history;
}

int favourite(const vector<int> &history) {
    map<int, int> visits;
    int best = -1;
    for (size_t i = 0; i < history.size(); i++) {
        int count = ++visits[history[i]];
        if (best == -1 || count > visits[best]) {
            best = history[i];
        }
    }
    return best;
}

unsigned long long checksum(const vector<int> &history) {
    unsigned long long sum = 0;
    for (size_t i = 0; i < history.size(); i++) {
        sum = sum * 1000003ULL + (unsigned)history[i];
    }
    return sum;
}

int main() {
    int visits;
    cin >> visits;
    vector<int> history = readNewestFirst(visits);
    if (history.empty()) {
        cout << "nothing visited yet\n";
        return 0;
    }

    int shown = min(SHOWN, (int)history.size());
    cout << "newest:";
    for (int i = 0; i < shown; i++) {
        cout << ' ' << history[i];
    }
    cout << "\nchecksum: " << checksum(history) << "\nfavourite: " << favourite(history) << '\n';
    return 0;
}
