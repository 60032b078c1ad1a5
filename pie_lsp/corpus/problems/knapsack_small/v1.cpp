#include <algorithm>
#include <iostream>
#include <vector>

struct Parcel {
    int size;
    int worth;
};

int best(const std::vector<Parcel>& parcels, int i, int room) {
    if (i == static_cast<int>(parcels.size())) {
        return 0;
    }
    int without = best(parcels, i + 1, room);
    if (parcels[i].size > room) {
        return without;
    }
    int with = parcels[i].worth + best(parcels, i + 1, room - parcels[i].size);
    return std::max(with, without);
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
        std::cout << best(parcels, 0, room) << '\n';
    }
    return 0;
}
