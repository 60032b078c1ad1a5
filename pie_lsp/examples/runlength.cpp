// Packs a text by run lengths ("aaab" becomes "3ab") and unpacks it again to check the result.
//
// Input: any number of words. Output: one line per word with its packed form (shortened for long
// words) and how much smaller it is, then the totals.
#include <cctype>
#include <iostream>
#include <string>
using namespace std;

string pack(const string &text) {
    string packed;
    size_t i = 0;
    while (i < text.size()) {
        size_t run = 1;
        while (i + run < text.size() && text[i + run] == text[i]) {
            run++;
        }
        if (run > 1) {
            packed += to_string(run);
        }
        packed += text[i];
        i += run;
    }
    return packed;
}

string unpack(const string &packed) {
    string text = "";
    int count = 0;
    for (size_t i = 0; i < packed.size(); i++) {
        if (isdigit((unsigned char)packed[i])) {
            count = count * 10 + (packed[i] - '0');
            continue;
        }
        if (count == 0) {
            count = 1;
        }
        for (int k = 0; k < count; k++) {
            text = text + packed[i];
        }
        count = 0;
    }
    return text;
}

int main() {
    string word;
    size_t before = 0, after = 0;
    while (cin >> word) {
        bool hasDigit = false;
        for (char c : word) {
            if (isdigit((unsigned char)c)) {
                hasDigit = true;
            }
        }
        if (hasDigit) {
            cout << word << ": digits cannot be packed\n";
            continue;
        }
        string packed = pack(word);
        if (unpack(packed) != word) {
            cout << "broken\n";
            return 1;
        }
        before += word.size();
        after += packed.size();
        if (packed.size() > 40) {
            cout << packed.substr(0, 37) << "...";
        } else {
            cout << packed;
        }
        cout << " (" << word.size() << " -> " << packed.size() << ")\n";
    }
    cout << "total " << before << " -> " << after << "\n";
    return 0;
}
