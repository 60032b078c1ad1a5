#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

struct Boat {
    std::string name;
    int key;
    int line;
};

bool before(const Boat& a, const Boat& b) {
    if (a.key != b.key) {
        return a.key < b.key;
    }
    return a.name < b.name;
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<Boat> boats;
    for (int line = 1; line <= n; ++line) {
        std::string name;
        int group, points;
        std::cin >> name >> group >> points;
        boats.push_back({std::move(name), group * 1000 + 999 - points, line});
    }
    std::stable_sort(boats.begin(), boats.end(), before);
    for (const Boat& boat : boats) {
        std::cout << boat.line << '\n';
    }
    return 0;
}
