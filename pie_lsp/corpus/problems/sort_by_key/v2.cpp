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
    if (a.group == b.group && a.points == b.points) {
        return a.name < b.name;
    }
    return a.group < b.group || (a.group == b.group && a.points > b.points);
}

void insert_boat(std::vector<Boat>& boats, Boat boat) {
    boats.emplace_back();
    auto place = boats.end() - 1;
    for (; place != boats.begin() && before(boat, *(place - 1)); --place) {
        *place = std::move(*(place - 1));
    }
    *place = std::move(boat);
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
        insert_boat(boats, std::move(boat));
    }
    for (const Boat& boat : boats) {
        std::cout << boat.line << '\n';
    }
    return 0;
}
