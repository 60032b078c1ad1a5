#include <iostream>
#include <vector>

using namespace std;

long long sum_of_distances(const vector<unsigned>& words) {
    long long sum = 0;
    for (int digit = 0; digit < 32; digit++) {
        long long ones = 0;
        for (size_t i = 0; i < words.size(); i++) {
            if (words[i] >> digit & 1) ones++;
        }
        sum += ones * ((long long)words.size() - ones);
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
