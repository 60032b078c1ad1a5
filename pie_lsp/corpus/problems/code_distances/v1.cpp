#include <iostream>
#include <string>
#include <vector>

using namespace std;

string binary(unsigned word) {
    string digits;
    for (int i = 0; i < 32; i++) {
        digits = char('0' + word % 2) + digits;
        word /= 2;
    }
    return digits;
}

long long sum_of_distances(const vector<unsigned>& words) {
    long long sum = 0;
    for (size_t i = 0; i < words.size(); i++) {
        for (size_t j = 0; j < i; j++) {
            string a = binary(words[i]), b = binary(words[j]);
            for (int digit = 0; digit < 32; digit++) {
                if (a[digit] != b[digit]) sum++;
            }
        }
    }
    return sum;
}

int main() {
    int sets;
    cin >> sets;
    for (int s = 0; s < sets; s++) {
        int n;
        cin >> n;
        vector<unsigned> words(n);
        for (unsigned& word : words) cin >> word;
        cout << sum_of_distances(words) << '\n';
    }
    return 0;
}
