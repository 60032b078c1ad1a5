#include <iostream>
#include <vector>

using namespace std;

long long power(long long base, int exponent, long long modulus) {
    long long result = 1 % modulus;
    for (int i = 0; i < exponent; i++) result = result * base % modulus;
    return result;
}

long long value_at(vector<long long> coefficients, long long point, long long modulus) {
    long long sum = 0;
    for (size_t i = 0; i < coefficients.size(); i++) {
        sum = (sum + coefficients[i] % modulus * power(point % modulus, i, modulus)) % modulus;
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
