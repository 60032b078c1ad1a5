#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

long long sort_and_count(vector<int>& numbers, size_t first, size_t last) {
    if (last - first < 2) return 0;
    size_t middle = first + (last - first) / 2;
    long long count = sort_and_count(numbers, first, middle) + sort_and_count(numbers, middle, last);
    vector<int> merged;
    size_t i = first, j = middle;
    while (i < middle || j < last) {
        if (i == middle || (j < last && numbers[j] < numbers[i])) {
            count += middle - i;
            merged.push_back(numbers[j++]);
        } else {
            merged.push_back(numbers[i++]);
        }
    }
    copy(merged.begin(), merged.end(), numbers.begin() + first);
    return count;
}

long long count_overtakings(vector<int> finish) {
    return sort_and_count(finish, 0, finish.size());
}

int main() {
    int races;
    cin >> races;
    for (int r = 0; r < races; r++) {
        int n;
        cin >> n;
        vector<int> finish(n);
        for (int& number : finish) cin >> number;
        cout << count_overtakings(finish) << '\n';
    }
    return 0;
}
