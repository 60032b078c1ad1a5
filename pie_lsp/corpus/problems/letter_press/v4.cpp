#include <iostream>
#include <string>
#include <vector>

using namespace std;

string set_line(const vector<string>& words, size_t first, size_t end, int width) {
    bool last = end == words.size();
    int letters = 0;
    for (size_t at = first; at < end; at++) letters += words[at].size();
    int gaps = end - first - 1, blanks = width - letters;
    string line;
    for (size_t at = first; at < end; at++) {
        line += words[at];
        if (at + 1 == end) break;
        int here = last ? 1 : (blanks + gaps - 1) / gaps;
        line.append(here, ' ');
        blanks -= here;
        gaps--;
    }
    line.resize(width, '.');
    return line;
}

string set_page(const vector<string>& words, int width) {
    string page;
    size_t at = 0;
    while (at < words.size()) {
        size_t first = at;
        int used = -1;
        while (at < words.size() && used + 1 + (int)words[at].size() <= width) {
            used += 1 + words[at].size();
            at++;
        }
        page += set_line(words, first, at, width);
        page += '\n';
    }
    return page;
}

int main() {
    int n, width;
    cin >> n >> width;
    vector<string> words(n);
    for (string& word : words) cin >> word;
    cout << set_page(words, width);
    return 0;
}
