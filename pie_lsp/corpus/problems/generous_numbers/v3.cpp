#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

struct Answer {
    int count;
    long long largest;
};

vector<int> divisors_below(int number) {
    vector<int> divisors;
    if (number > 1) divisors.push_back(1);
    for (int d = 2; d <= number / d; d++) {
        if (number % d != 0) continue;
        divisors.push_back(d);
        if (d != number / d) divisors.push_back(number / d);
    }
    return divisors;
}

Answer count_generous(int first, int last) {
    Answer answer{0, 0};
    for (int number = first; number <= last; number++) {
        long long greed = 0;
        for (int divisor : divisors_below(number)) greed += divisor;
        if (greed > number) answer.count++;
        answer.largest = max(answer.largest, greed);
    }
    return answer;
}

int main() {
    int q;
    cin >> q;
    for (int i = 0; i < q; i++) {
        int first, last;
        cin >> first >> last;
        Answer answer = count_generous(first, last);
        cout << answer.count << ' ' << answer.largest << '\n';
    }
    return 0;
}
