#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

// Each case is one way in which control comes to library code and back.

std::map<long, long> &counted = *new std::map<long, long>; // Never destroyed, so that nothing follows `main`.
std::jmp_buf place;

bool larger(int a, int b) { return a > b; }

int by_size(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }

std::vector<int> numbers(int n) {
    std::vector<int> made;
    for (int i = 0; i < n; i++)
        made.push_back(int(i * 7919L % 10007));
    return made;
}

long sorts(int n) {
    std::vector<int> all = numbers(n);
    std::sort(all.begin(), all.end(), larger);
    std::qsort(all.data(), all.size(), sizeof(int), by_size);
    return all.empty() ? 0 : all[0];
}

long counts(int n) {
    for (long i = 0; i < n; i++)
        counted[i * 7919 % 10007] += i;
    return (long)counted.size();
}

void fails(int n) {
    std::string words(100, 'x');
    if (n % 2)
        throw std::runtime_error(words + std::to_string(n));
}

long catches(int n) {
    long caught = 0;
    for (int i = 0; i < n; i++) {
        try {
            fails(i);
        } catch (const std::exception &error) {
            caught += error.what()[0];
        }
    }
    return caught;
}

void leaps(int n) { std::longjmp(place, n); }

long jumps(int n) {
    volatile int left = n;
    while (left > 0) {
        if (setjmp(place) == 0)
            leaps(1);
        left = left - 1;
    }
    std::string text;
    for (int i = 0; i < n; i++)
        text += std::to_string(i);
    return (long)text.size();
}

long tail(int n) { return std::abs(std::atoi(std::to_string(n).c_str())); }

template <class T>
T powers(T x) {
    T power = 1;
    for (int i = 0; i < 100; i++)
        power = power * x + 1;
    return power;
}

int main() {
    int n = 0;
    std::cin >> n;
    std::cout << sorts(n) << counts(n) << catches(n / 20) << jumps(n) << tail(n) << powers<int>(n)
              << powers<unsigned long>(n) << '\n';
}
