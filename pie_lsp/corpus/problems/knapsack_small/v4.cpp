#include <algorithm>
#include <iostream>
#include <vector>

struct Parcel {
    int size;
    int worth;
};

int best(const std::vector<Parcel>& parcels, int room) {
    int count = static_cast<int>(parcels.size());
    std::vector<std::vector<int>> known(count + 1, std::vector<int>(room + 1, 0));
    for (int i = count - 1; i >= 0; --i) {
        const auto [size, worth] = parcels[i];
        const std::vector<int>& after = known[i + 1];
        for (int r = 0; r <= room; ++r) {
            int without = after[r];
            known[i][r] = r < size ? without : std::max(without, worth + after[r - size]);
        }
    }
    return known[0][room];
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
