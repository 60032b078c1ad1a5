#include <iostream>

using namespace std;

int main() {
    int q;
    cin >> q;
    for (int i = 0; i < q; i++) {
        long long a, b, d;
        cin >> a >> b >> d;
        long long posts = 0, sum = 0, squares = 0;
        for (long long post = a; post <= b; post += d) {
            posts++;
            sum += post;
            squares = (squares + post % 1000003 * (post % 1000003)) % 1000003;
        }
        cout << posts << ' ' << sum << ' ' << squares << endl;
    }
    return 0;
}
