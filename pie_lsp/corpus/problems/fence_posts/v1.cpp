#include <iostream>
#include <vector>

using namespace std;

int main() {
    int q;
    cin >> q;
    for (int i = 0; i < q; i++) {
        long long a, b, d;
        cin >> a >> b >> d;
        vector<long long> posts;
        for (long long post = a; post <= b; post += d) posts.push_back(post);
        long long sum = 0, squares = 0;
        for (size_t p = 0; p < posts.size(); p++) {
            sum += posts[p];
            squares = (squares + posts[p] % 1000003 * (posts[p] % 1000003)) % 1000003;
        }
        cout << posts.size() << ' ' << sum << ' ' << squares << endl;
    }
    return 0;
}
