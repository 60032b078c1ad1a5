#include <iostream>
#include <list>
#include <string>
#include <vector>

using namespace std;

string set_line(list<string> words, int width, bool last) {
    int letters = 0;
    for (string word : words) letters += word.size();
    int gaps = words.size() - 1, blanks = width - letters;
    string line;
    while (!words.empty()) {
        line += words.front();
        words.pop_front();
        if (words.empty()) break;
        int here = last ? 1 : (blanks + gaps - 1) / gaps;
        line.append(here, ' ');
        blanks -= here;
        gaps--;
    }
    line.resize(width, '.');
    return line;
}

string set_page(list<string> words, int width) {
    string page;
    while (!words.empty()) {
        list<string> line;
        int used = -1;
        while (!words.empty() && used + 1 + (int)words.front().size() <= width) {
            used += 1 + words.front().size();
            line.push_back(words.front());
            words.pop_front();
        }
        page += set_line(line, width, words.empty());
        page += '\n';
    }
    return page;
}

int main() {
    int n, width;
    cin >> n >> width;
    list<string> words;
    for (int i = 0; i < n; i++) {
        string word;
        cin >> word;
        words.push_back(word);
    }
    cout << set_page(words, width);
    return 0;
}
