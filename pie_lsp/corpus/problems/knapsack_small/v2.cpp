#include <algorithm>
#include <iostream>
#include <vector>

struct Parcel {
    int size;
    int worth;
};

std::vector<std::vector<int>> known;

int best(const std::vector<Parcel>& parcels, int i, int room) {
    if (i == static_cast<int>(parcels.size())) {
        return 0;
    }
    int& result = known[i][room];
    if (result >= 0) {
        return result;
    }
    result = best(parcels, i + 1, room);
    if (parcels[i].size <= room) {
        int with = parcels[i].worth + best(parcels, i + 1, room - parcels[i].size);
        result = std::max(result, with);
    }
    return result;
}

int main() {
    int vans;
    std::cin >> vans;
    while (vans-- > 0) {
        int count, room;
        std::cin >> count >> room;
        std::vector<Parcel> parcels(count);
        for (Parcel& parcel : parcels) {
            std::cin >> parcel.size >> parcel.worth;
        }
        known.assign(count, std::vector<int>(room + 1, -1));
        std::cout << best(parcels, 0, room) << '\n';
    }
    return 0;
}
