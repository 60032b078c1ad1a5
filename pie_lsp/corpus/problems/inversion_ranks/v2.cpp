#include <iostream>
#include <vector>

using namespace std;

struct Sorted {
    vector<int> numbers;
    long long count;
};

Sorted sort_and_count(vector<int> numbers) {
    if (numbers.size() < 2) return {numbers, 0};
    size_t middle = numbers.size() / 2;
    Sorted left = sort_and_count(vector<int>(numbers.begin(), numbers.begin() + middle));
    Sorted right = sort_and_count(vector<int>(numbers.begin() + middle, numbers.end()));
    Sorted merged{{}, left.count + right.count};
    size_t i = 0, j = 0;
    while (i < left.numbers.size() || j < right.numbers.size()) {
        bool from_right = i == left.numbers.size() ||
                          (j < right.numbers.size() && right.numbers[j] < left.numbers[i]);
        if (from_right) {
            merged.count += left.numbers.size() - i;
            merged.numbers.push_back(right.numbers[j++]);
        } else {
            merged.numbers.push_back(left.numbers[i++]);
        }
    }
    return merged;
}

long long count_overtakings(vector<int> finish) {
    return sort_and_count(finish).count;
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
