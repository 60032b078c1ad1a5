#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

using namespace std;

string expand(const string &packed) {
    string text;
    size_t i = 0;
    while (i < packed.size()) {
        char *end = nullptr;
        int times = strtol(packed.c_str() + i, &end, 10);
        i = end - packed.c_str();
        text.append(times, packed[i]);
        i++;
    }
    return text;
}

char next_letter(char c) {
    return c == 'z' ? 'a' : static_cast<char>(c + 1);
}

string bump(const string &text, size_t step) {
    string result;
    result.reserve(text.size());
    size_t position = 0;
    for (char c : text) {
        result.push_back(position % step == 0 ? next_letter(c) : c);
        ++position;
    }
    return result;
}

struct Run {
    char letter;
    int times;
};

string compress(const string &text) {
    vector<Run> runs;
    for (char c : text) {
        if (runs.empty() || runs.back().letter != c) runs.push_back({c, 0});
        runs.back().times++;
    }
    string packed;
    for (const Run &run : runs) {
        packed += to_string(run.times);
        packed += run.letter;
    }
    return packed;
}

unsigned checksum(const string &packed) {
    unsigned sum = 0;
    for (char c : packed) {
        sum = sum * 131 + c;
    }
    return sum;
}

int main() {
    int rounds;
    string packed;
    cin >> rounds >> packed;
    for (int round = 1; round <= rounds; round++) {
        string text = expand(packed);
        text = bump(text, round % 7 + 3);
        packed = compress(text);
        cout << packed.size() << ' ' << checksum(packed) << '\n';
    }
    cout << packed << '\n';
    return 0;
}
