#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <setjmp.h>
#include <stdexcept>
#include <vector>
#define ll long long
#define IO static inline
using namespace std;
[[nodiscard]] static int bracketed(int a) { return a * 3 + 1; }
__attribute__((always_inline)) inline int always(int a) { return a * 5 + 2; }
template <class T>
[[nodiscard]] constexpr T both(T a) { return a * a; }
template <>
constexpr long both<long>(long a) { return a + 1; }
extern "C" int linked(int a) { return a ^ 0x55; }
IO ll macro(ll a) { return a % 1000; }
struct S {
    int x;
    vector<int> v;
    S(int a) : x(a) { v.assign(a, a); }
    ~S() { fprintf(stderr, "%d", x); }
    explicit operator int() const { return x; }
    virtual int virt() const noexcept { return x + 1; }
    friend bool operator<(const S &a, const S &b) { return a.x < b.x; }
    template <class T> S &operator+=(T t) { x += t; return *this; }
    static int fixed() { return 2; }
    int out(int) const;
    struct In { int deep(int a) { return a - 1; } };
};
int S::out(int k) const { return x * k; }
auto trailing(int a) -> int { return a + 9; }
int (*pointer(int a))(int) { return a ? linked : nullptr; }
const std::vector<int> &reference() { static std::vector<int> v(3, 4); return v; }
__extension__ int extension(int a) { return a * 11; }
[[gnu::always_inline]] inline int gnu_always(int a) { return a * 13; }
__attribute__((noreturn)) void stop(int a) { throw runtime_error(a ? "x" : "y"); }
unsigned long long sized(unsigned a) { return a * 7ull; }
int twin1(int a) { return a * 17 + 4; } int twin2(int a) { return a * 17 + 4; }
constexpr int table(int n) { int s = 0; for (int i = 0; i < n; i++) s += i; return s; }
constexpr int fixed_table[table(5)] = {1, 2};
int local(int a) { struct L { int m(int b) { return b * 2; } } l; auto z = [&](int q) { return q + a; }; return l.m(z(1)); }
inline int inlined(int a) { return a * 19; }
namespace { struct Hidden { int h(int a) { return a + 6; } }; }
namespace n::m { int nested(int a) { return a - 7; } }
bool less_than(int a, int b) { return a > b; }
int catching(int a) { try { if (a) stop(a); } catch (const exception &e) { return e.what()[0]; } return 0; }
int main() {
    int n = 0;
    cin >> n;
    S s(n);
    s += 2;
    s += 2L;
    S::In in;
    Hidden h;
    vector<int> v;
    for (int i = 0; i < 100; i++) v.push_back(i * 37 % 101);
    sort(v.begin(), v.end(), less_than);
    cout << bracketed(n) << always(n) << both(n) << both<long>(n) << linked(n) << macro(n) << int(s) << s.virt() << (s < s)
         << S::fixed() << s.out(n) << in.deep(n) << trailing(n) << pointer(n)(n) << reference().size() << extension(n)
         << gnu_always(n) << sized(n) << twin1(n) << twin2(n + 1) << table(n) << local(n) << inlined(n) << h.h(n) << n::m::nested(n)
         << v[3] << catching(n) << fixed_table[0] << "\n";
}
