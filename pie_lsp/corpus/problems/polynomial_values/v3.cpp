#include <iostream>
#include <vector>

using namespace std;

long long value_at(vector<long long> coefficients, long long point, long long modulus) {
    long long sum = 0, power = 1 % modulus;
    for (size_t i = 0; i < coefficients.size(); i++) {
        sum = (sum + coefficients[i] % modulus * power) % modulus;
        power = power * (point % modulus) % modulus;
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
