#include <iostream>
#include <vector>

using namespace std;

long long value_at(vector<long long> coefficients, long long point, long long modulus) {
    long long sum = 0;
    for (size_t i = coefficients.size(); i-- > 0;) {
        sum = (sum * point + coefficients[i]) % modulus;
    }
    return sum;
}

int main() {
    int n, q;
    long long modulus;
    cin >> n >> q >> modulus;
    vector<long long> coefficients(n);
    for (long long& coefficient : coefficients) cin >> coefficient;
    for (int i = 0; i < q; i++) {
        long long point;
        cin >> point;
        cout << value_at(coefficients, point, modulus) << endl;
    }
    return 0;
}
