#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

struct Boat {
    std::string name;
    int group;
    int points;
    int line;
};

bool before(Boat a, Boat b) {
    if (a.group == b.group && a.points == b.points) {
        return a.name < b.name;
    }
    return a.group < b.group || (a.group == b.group && a.points > b.points);
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<Boat> boats;
    for (int line = 1; line <= n; ++line) {
        Boat boat;
        std::cin >> boat.name >> boat.group >> boat.points;
        boat.line = line;
        boats.push_back(std::move(boat));
    }
    std::stable_sort(boats.begin(), boats.end(), before);
    for (const Boat& boat : boats) {
        std::cout << boat.line << '\n';
    }
    return 0;
}
