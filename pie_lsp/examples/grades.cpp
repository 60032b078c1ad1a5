// Grades of a course: the best mark of every group of students that is asked for, and the median.
//
// Input: the number of students and of questions, the marks in the order of the seats, then per
// question "FROM TO" (seats, the last one excluded). Output: one line per question, then the median.
#include <algorithm>
#include <iostream>
#include <vector>
using namespace std;

const int LIMIT = 50;

vector<int> marks;

vector<int> group(int from, int to) {
    return vector<int>(marks.begin() + from, marks.begin() + to);
}

int best(int from, int to) {
    vector<int> chosen = group(from, to);
    sort(chosen.begin(), chosen.end());
    return chosen.back();
}

int median(int from, int to) {
    vector<int> chosen = group(from, to);
    sort(chosen.begin(), chosen.end());
    return chosen[chosen.size() / 2];
}

int passed(int from, int to, int limit) {
    int count = 0;
    for (int i = from; i < to; i++) {
        if (marks[i] >= limit) {
            count++;
        }
    }
    return count;
}

int main() {
    int students, questions;
    cin >> students >> questions;
    for (int i = 0; i < students; i++) {
        int mark;
        cin >> mark;
        marks.push_back(mark);
    }
    for (int q = 0; q < questions; q++) {
        int from, to;
        cin >> from >> to;
        if (from < 0 || to > students || from >= to) {
            cout << "nobody sits there\n";
            continue;
        }
        cout << "best " << best(from, to) << ", " << passed(from, to, LIMIT) << " of " << to - from << " passed\n";
    }
    if (students > 0) {
        cout << "median of the course " << median(0, students) << '\n';
    }
    return 0;
}
