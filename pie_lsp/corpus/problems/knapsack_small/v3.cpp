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
    for (int i = count - 1; i >= 0; i--) {
        for (int r = 0; r <= room; r++) {
            known[i][r] = known[i + 1][r];
            if (parcels[i].size <= r) {
                int with = parcels[i].worth + known[i + 1][r - parcels[i].size];
                known[i][r] = std::max(known[i][r], with);
            }
        }
    }
    return known[0][room];
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
        std::cout << best(parcels, room) << '\n';
    }
    return 0;
}
