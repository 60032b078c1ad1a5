// Keeps a pantry: every morning the food that is past its date is thrown away.
//
// Input: the number of items and of days; per item "DATE GRAMS"; then the mornings on which the pantry
// is looked through, in order. Output per morning: what was thrown away and what is left.
#include <iostream>
#include <vector>
using namespace std;

struct Item {
    int shelf;
    int date;
    int grams;
};

int throwAway(vector<Item> &pantry, int today) {
    int before = (int)pantry.size();
    for (size_t i = 0; i < pantry.size();) {
        if (pantry[i].date < today) {
            pantry.erase(pantry.begin() + i);
        } else {
            i++;
        }
    }
    return before - (int)pantry.size();
}

long long weigh(const vector<Item> &pantry) {
    long long grams = 0;
    for (const Item &item : pantry) {
        grams += item.grams;
    }
    return grams;
}

int main() {
    int items, mornings;
    cin >> items >> mornings;

    vector<Item> pantry;
    for (int i = 0; i < items; i++) {
        Item item;
        item.shelf = i + 1;
        cin >> item.date >> item.grams;
        pantry.push_back(item);
    }

    for (int m = 0; m < mornings; m++) {
        int today;
        cin >> today;
        long long grams = weigh(pantry);
        int thrown = throwAway(pantry, today);
        cout << "day " << today << ": " << thrown << " items, " << grams - weigh(pantry) << " g thrown away, "
             << pantry.size() << " left";
        if (!pantry.empty()) {
            cout << ", first on shelf " << pantry[0].shelf;
        }
        cout << '\n';
    }
    return 0;
}
