#include <iostream>

using namespace std;

int main() {
    int q;
    cin >> q;
    for (int i = 0; i < q; i++) {
        long long a, b, d;
        cin >> a >> b >> d;
        long long posts = (b - a) / d + 1, steps = posts - 1;
        long long sum = posts * a + steps * posts / 2 * d;
        // Post i is a + i * d, so its square is a * a + 2 * a * d * i + d * d * i * i.
        long long rest = a % 1000003, step = d % 1000003;
        long long of_steps = steps * posts / 2 % 1000003;
        __int128 of_squares = (__int128)steps * posts * (2 * steps + 1) / 6 % 1000003;
        long long squares = posts % 1000003 * (rest * rest % 1000003) % 1000003;
        squares += 2 * rest * step % 1000003 * of_steps % 1000003;
        squares += step * step % 1000003 * (long long)of_squares % 1000003;
        squares %= 1000003;
        cout << posts << ' ' << sum << ' ' << squares << endl;
    }
    return 0;
}
