#include <algorithm>
#include <cctype>
#include <cstring>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>
using namespace std;

void collect(string text, char wanted, vector<int> &places) {
    for (size_t i = 0; i < text.size(); i++)
        if (text[i] == wanted) places.push_back(i);
}

int main() {
    string text;
    vector<int> places;
    while (getline(cin, text)) collect(text + "1", '1', places);
    for (int place : places) cout << place << ' ';
    cout << '\n';
}
