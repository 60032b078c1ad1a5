#include <algorithm>
#include <iostream>
#include <vector>

struct Parcel {
    int size;
    int worth;
};

int best(const std::vector<Parcel>& parcels, int room) {
    std::vector<int> known(room + 1, 0);
    for (const Parcel& parcel : parcels) {
        for (int r = room; r >= parcel.size; --r) {
            known[r] = std::max(known[r], parcel.worth + known[r - parcel.size]);
        }
    }
    return known[room];
}

std::vector<Parcel> read_parcels(int count) {
    std::vector<Parcel> parcels;
    for (int i = 0; i < count; ++i) {
        Parcel parcel;
        std::cin >> parcel.size >> parcel.worth;
        parcels.push_back(parcel);
    }
    return parcels;
}

int main() {
    int vans;
    std::cin >> vans;
    while (vans-- > 0) {
        int count, room;
        std::cin >> count >> room;
        std::cout << best(read_parcels(count), room) << '\n';
    }
    return 0;
}
