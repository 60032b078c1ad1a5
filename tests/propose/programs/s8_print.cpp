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

void shout(char *text) {
    for (size_t i = 0; i < strlen(text); i++) {
        if (isdigit(text[i])) text[i] = '#';
        cout << text[i] << '.';
    }
    cout << '\n';
}

int main() {
    char text[200];
    while (cin.getline(text, 200)) shout(text);
}
