#include <iostream>

using namespace std;

int main() {
    int q;
    cin >> q;
    for (int i = 0; i < q; i++) {
        long long a, b, d;
        cin >> a >> b >> d;
        long long posts = 0, sum = 0, squares = 0;
        long long rest = a % 1000003, step = d % 1000003;
        for (long long post = a; post <= b; post += d) {
            posts++;
            sum += post;
            squares = (squares + rest * rest) % 1000003;
            rest += step;
            if (rest >= 1000003) rest -= 1000003;
        }
        cout << posts << ' ' << sum << ' ' << squares << endl;
    }
    return 0;
}
