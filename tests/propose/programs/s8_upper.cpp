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

int main() {
    static char text[20001];
    while (cin.getline(text, 20000)) {
        for (int i = 0; i < (int)strlen(text); i++) {
            if (text[i] >= 'a' && text[i] <= 'z') text[i] = text[i] - 'a' + 'A';
        }
        cout << text << '\n';
    }
}
