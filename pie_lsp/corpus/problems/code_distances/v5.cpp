#include <iostream>
#include <vector>

using namespace std;

long long sum_of_distances(const vector<unsigned>& words) {
    long long sum = 0;
    int ones[32] = {};
    for (unsigned word : words) {
        for (int digit = 0; digit < 32; digit++) ones[digit] += word >> digit & 1;
    }
    for (long long count : ones) sum += count * ((long long)words.size() - count);
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
