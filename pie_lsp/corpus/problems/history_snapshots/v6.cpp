#include <iostream>
#include <string>
#include <vector>

using namespace std;

struct Document {
    vector<string> lines;
    int edits = 0;
};

struct Change {
    int row;
    int other;
    string before;
};

unsigned checksum(const Document &doc) {
    string text;
    for (const string &line : doc.lines) text += line + '\n';
    unsigned sum = doc.edits;
    for (char c : text) sum = sum * 131 + c;
    return sum;
}

void apply(Document &doc, const string &command, int row, int other, const string &word) {
    string &line = doc.lines[row];
    ++doc.edits;
    if (command == "swap") {
        line.swap(doc.lines[other]);
        return;
    }
    size_t place = other % (line.size() + 1);
    if (command == "type") line.insert(place, word);
    else line.erase(place, 4);
}

int main() {
    int rows, commands;
    cin >> rows >> commands;
    Document doc;
    for (int i = 0; i < rows; i++) {
        string line;
        cin >> line;
        doc.lines.push_back(line);
    }
    vector<Change> history;
    for (int i = 0; i < commands; i++) {
        string command;
        cin >> command;
        if (command == "undo") {
            if (!history.empty()) {
                Change &change = history.back();
                if (change.other >= 0) doc.lines[change.other].swap(doc.lines[change.row]);
                else doc.lines[change.row].swap(change.before);
                --doc.edits;
                history.pop_back();
            }
        } else if (command == "show") {
            auto longest = [&doc]() {
                size_t best = 0;
                for (const string &line : doc.lines) {
                    if (line.size() > best) best = line.size();
                }
                return best;
            };
            cout << longest() << ' ' << checksum(doc) << '\n';
        } else {
            int row, other;
            cin >> row >> other;
            string word;
            if (command == "type") cin >> word;
            if (command == "swap") history.push_back({row, other, ""});
            else history.push_back({row, -1, doc.lines[row]});
            apply(doc, command, row, other, word);
        }
    }
    return 0;
}
