// A chat room's moderator: lower-cases shouted messages, hides digits, and cuts runs of '!'.
//
// Input: one message per line, at most 20000 characters each. Output: the moderated messages, then
// how many characters were changed.
#include <cctype>
#include <cstring>
#include <iostream>
using namespace std;

const int LONGEST = 20001;

char message[LONGEST];

bool isShouted(const char *text, int length) {
    int upper = 0;
    int letters = 0;
    for (int i = 0; i < length; i++) {
        if (isalpha((unsigned char)text[i])) {
            letters++;
            if (isupper((unsigned char)text[i])) upper++;
        }
    }
    return letters > 0 && upper * 2 > letters;
}

int hideDigits(char *text) {
    int changed = 0;
    for (size_t i = 0; i < strlen(text); i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            text[i] = '#';
            changed++;
        }
    }
    return changed;
}

int lowerCase(char *text) {
    int changed = 0;
    for (int i = 0; text[i] != '\0'; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z') {
            text[i] = text[i] - 'A' + 'a';
            changed++;
        }
    }
    return changed;
}

int calmDown(char *text) {
    int kept = 0;
    int removed = 0;
    for (int i = 0; text[i] != '\0'; i++) {
        if (text[i] == '!' && kept > 0 && text[kept - 1] == '!') {
            removed++;
        } else {
            text[kept] = text[i];
            kept++;
        }
    }
    text[kept] = '\0';
    return removed;
}

int main() {
    int changed = 0;
    int messages = 0;
    while (cin.getline(message, LONGEST)) {
        messages++;
        changed += hideDigits(message);
        if (isShouted(message, (int)strlen(message))) {
            changed += lowerCase(message);
        }
        changed += calmDown(message);
        cout << message << '\n';
    }
    cout << messages << " messages, " << changed << " characters changed\n";
    return 0;
}
