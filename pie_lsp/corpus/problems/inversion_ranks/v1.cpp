#include <iostream>
#include <vector>

using namespace std;

long long count_overtakings(vector<int> finish) {
    long long count = 0;
    for (size_t i = 0; i < finish.size(); i++) {
        for (size_t j = i + 1; j < finish.size(); j++) {
            if (finish[i] > finish[j]) count++;
        }
    }
    return count;
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
