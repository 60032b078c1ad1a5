#include <algorithm>
#include <iostream>

using namespace std;

struct Answer {
    int count;
    long long largest;
};

long long greed_of(int number) {
    long long greed = number > 1 ? 1 : 0;
    for (int d = 2; d <= number / d; d++) {
        if (number % d != 0) continue;
        greed += d;
        if (d != number / d) greed += number / d;
    }
    return greed;
}

Answer count_generous(int first, int last) {
    Answer answer{0, 0};
    for (int number = first; number <= last; number++) {
        long long greed = greed_of(number);
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
