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

bool before(const Boat& a, const Boat& b) {
    if (a.group != b.group) {
        return a.group < b.group;
    }
    if (a.points != b.points) {
        return a.points > b.points;
    }
    return a.name < b.name;
}

void sort_boats(std::vector<Boat>& boats) {
    for (std::size_t i = 1; i < boats.size(); i++) {
        Boat boat = std::move(boats[i]);
        std::size_t j = i;
        while (j > 0 && before(boat, boats[j - 1])) {
            boats[j] = std::move(boats[j - 1]);
            j--;
        }
        boats[j] = std::move(boat);
    }
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<Boat> boats;
    for (int line = 1; line <= n; line++) {
        Boat boat;
        std::cin >> boat.name >> boat.group >> boat.points;
        boat.line = line;
        boats.push_back(boat);
    }
    sort_boats(boats);
    for (const Boat& boat : boats) {
        std::cout << boat.line << '\n';
    }
    return 0;
}
