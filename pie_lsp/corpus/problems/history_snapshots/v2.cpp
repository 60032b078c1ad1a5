#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

using namespace std;

struct Document {
    vector<string> lines;
    int edits = 0;
};

unsigned checksum(Document doc) {
    unsigned sum = doc.edits;
    for (const string &line : doc.lines) {
        for (char c : line) sum = sum * 131 + c;
        sum = sum * 131 + '\n';
    }
    return sum;
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
    vector<Document> history;
    for (int i = 0; i < commands; i++) {
        string command;
        cin >> command;
        if (command == "undo") {
            if (!history.empty()) {
                doc = history.back();
                history.pop_back();
            }
        } else if (command == "show") {
            auto longest = [doc]() {
                size_t best = 0;
                for (string line : doc.lines) best = max(best, line.size());
                return best;
            };
            cout << longest() << ' ' << checksum(doc) << '\n';
        } else {
            int row, other;
            cin >> row >> other;
            history.push_back(doc);
            doc.edits++;
            string &line = doc.lines[row];
            if (command == "type") {
                string word;
                cin >> word;
                line.insert(other % (line.size() + 1), word);
            } else if (command == "drop") {
                line.erase(other % (line.size() + 1), 4);
            } else {
                swap(line, doc.lines[other]);
            }
        }
    }
    return 0;
}
