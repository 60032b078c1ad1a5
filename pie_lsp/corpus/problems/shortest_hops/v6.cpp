#include <cstdint>
#include <iostream>
#include <string>
#include <vector>
using namespace std;

int height, width, words;
vector<uint64_t> fresh, front, next_front;

int bits_in(uint64_t word) {
    int count = 0;
    for (; word != 0; word &= word - 1) {
        ++count;
    }
    return count;
}

int hop() {
    int reached = 0;
    for (int i = words; i < (height + 1) * words; ++i) {
        uint64_t sides = front[i] << 1 | front[i] >> 1 | front[i - 1] >> 63 | front[i + 1] << 63;
        next_front[i] = (sides | front[i - words] | front[i + words]) & fresh[i];
        fresh[i] ^= next_front[i];
        reached += bits_in(next_front[i]);
    }
    swap(front, next_front);
    return reached;
}

int main() {
    cin >> height >> width;
    words = width / 64 + 1;
    vector<uint64_t> pond((height + 2) * words, 0);
    for (int r = 1; r <= height; ++r) {
        string row;
        cin >> row;
        for (int c = 0; c < width; ++c) {
            if (row[c] == '.') {
                pond[r * words + c / 64] |= uint64_t(1) << c % 64;
            }
        }
    }
    int frogs;
    cin >> frogs;
    next_front.assign(pond.size(), 0);
    while (frogs-- > 0) {
        int row, column;
        cin >> row >> column;
        int word = (row + 1) * words + column / 64;
        fresh = pond;
        front.assign(pond.size(), 0);
        front[word] = uint64_t(1) << column % 64;
        fresh[word] ^= front[word];
        int reached = 1;
        int hops = 0;
        long long total = 0;
        while (int count = hop()) {
            ++hops;
            reached += count;
            total += 1LL * hops * count;
        }
        cout << reached << ' ' << hops << ' ' << total << '\n';
    }
    return 0;
}
