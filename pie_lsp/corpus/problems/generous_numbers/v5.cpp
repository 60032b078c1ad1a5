#include <algorithm>
#include <iostream>
#include <vector>

using namespace std;

struct Answer {
    int count;
    long long largest;
};

Answer count_generous(int first, int last) {
    vector<long long> greeds(last - first + 1);
    for (int d = 1; d <= last / 2; d++) {
        int multiple = max((first + d - 1) / d, 2) * d;
        for (; multiple <= last; multiple += d) greeds[multiple - first] += d;
    }
    Answer answer{0, 0};
    for (int number = first; number <= last; number++) {
        long long greed = greeds[number - first];
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
