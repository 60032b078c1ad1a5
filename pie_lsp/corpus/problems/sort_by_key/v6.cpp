#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

const int GROUPS = 60;

struct Boat {
    std::string name;
    int points;
    int line;
};

bool before(const Boat& a, const Boat& b) {
    if (a.points != b.points) {
        return a.points > b.points;
    }
    return a.name < b.name;
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<std::vector<Boat>> groups(GROUPS + 1);
    for (int line = 1; line <= n; ++line) {
        std::string name;
        int group, points;
        std::cin >> name >> group >> points;
        groups[group].push_back({std::move(name), points, line});
    }
    for (std::vector<Boat>& boats : groups) {
        std::stable_sort(boats.begin(), boats.end(), before);
        for (const Boat& boat : boats) {
            std::cout << boat.line << '\n';
        }
    }
    return 0;
}
