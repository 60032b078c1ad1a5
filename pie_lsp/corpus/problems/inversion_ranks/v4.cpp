#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

long long sort_and_count(vector<int>& numbers, vector<int>& buffer, size_t first, size_t last) {
    if (last - first < 2) return 0;
    size_t middle = first + (last - first) / 2;
    long long count = sort_and_count(numbers, buffer, first, middle);
    count += sort_and_count(numbers, buffer, middle, last);
    size_t end = first;
    size_t i = first, j = middle;
    while (i < middle || j < last) {
        if (i == middle || (j < last && numbers[j] < numbers[i])) {
            count += middle - i;
            buffer[end++] = numbers[j++];
        } else {
            buffer[end++] = numbers[i++];
        }
    }
    copy(buffer.begin() + first, buffer.begin() + last, numbers.begin() + first);
    return count;
}

long long count_overtakings(vector<int> finish) {
    vector<int> buffer(finish.size());
    return sort_and_count(finish, buffer, 0, finish.size());
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
