#include <iostream>
#include <string>
#include <vector>

using namespace std;

string set_line(vector<string> words, int width, bool last) {
    int letters = 0;
    for (string word : words) letters += word.size();
    int gaps = words.size() - 1, blanks = width - letters;
    string line;
    for (size_t at = 0; at < words.size(); at++) {
        line += words[at];
        if (at + 1 == words.size()) break;
        int here = last ? 1 : (blanks + gaps - 1) / gaps;
        line.append(here, ' ');
        blanks -= here;
        gaps--;
    }
    line.resize(width, '.');
    return line;
}

string set_page(vector<string> words, int width) {
    string page;
    size_t at = 0;
    while (at < words.size()) {
        vector<string> line;
        int used = -1;
        while (at < words.size() && used + 1 + (int)words[at].size() <= width) {
            used += 1 + words[at].size();
            line.push_back(words[at]);
            at++;
        }
        page += set_line(line, width, at == words.size());
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
