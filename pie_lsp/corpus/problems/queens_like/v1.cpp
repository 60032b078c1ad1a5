#include <iostream>
#include <string>

using namespace std;

bool fits(const string& garden, int n, int bed, char colour) {
    int row = bed / n;
    int column = bed % n;
    for (int i = 0; i < n; i++) {
        if (garden[row * n + i] == colour || garden[i * n + column] == colour) {
            return false;
        }
    }
    return true;
}

long long count_ways(string garden, int n, int bed) {
    if (bed == n * n) {
        return 1;
    }
    if (garden[bed] != '.') {
        return count_ways(garden, n, bed + 1);
    }
    long long ways = 0;
    for (char colour = '1'; colour < '1' + n; colour++) {
        if (fits(garden, n, bed, colour)) {
            garden[bed] = colour;
            ways += count_ways(garden, n, bed + 1);
            garden[bed] = '.';
        }
    }
    return ways;
}

int main() {
    int gardens;
    cin >> gardens;
    while (gardens-- > 0) {
        int n;
        cin >> n;
        string garden;
        for (int row = 0; row < n; row++) {
            string beds;
            cin >> beds;
            garden += beds;
        }
        cout << count_ways(garden, n, 0) << endl;
    }
    return 0;
}
