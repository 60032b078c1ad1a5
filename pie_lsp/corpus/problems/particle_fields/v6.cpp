#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

struct Point {
    int x, y;
};

struct Particles {
    std::vector<int> x, y, vx, vy, hits;
    std::vector<char> kind, wall;

    explicit Particles(int n) : x(n), y(n), vx(n), vy(n), hits(n), kind(n), wall(n) {}
};

unsigned seed;

int next_random(int bound) {
    seed = (seed * 1103515245u + 12345u) & 0x7fffffffu;
    return (seed >> 8) % bound;
}

void advance(Particles& p, std::vector<int>& positions, std::vector<int>& speeds, int side, int wall) {
    int n = positions.size();
    for (int i = 0; i < n; ++i) {
        int position = positions[i] += speeds[i];
        if (position >= 0 && position < side) continue;
        p.wall[i] = position < 0 ? wall : wall + 1;
        positions[i] = position < 0 ? -position : 2 * (side - 1) - position;
        speeds[i] = -speeds[i];
        ++p.hits[i];
    }
}

void accelerate(std::vector<int>& speeds, int change) {
    for (int& speed : speeds) speed = std::max(-100, std::min(100, speed + change));
}

int main() {
    int n, side, m;
    if (scanf("%d %d %u %d", &n, &side, &seed, &m) != 4) return 1;
    Particles p(n);
    std::vector<Point> starts(n);
    for (int i = 0; i < n; i++) {
        p.kind[i] = next_random(4);
        p.x[i] = next_random(side);
        p.y[i] = next_random(side);
        starts[i] = {p.x[i], p.y[i]};
        p.vx[i] = next_random(201) - 100;
        p.vy[i] = next_random(201) - 100;
        p.wall[i] = 4;
        p.hits[i] = 0;
    }
    for (int step = 0; step < m; step++) {
        char command[8];
        if (scanf("%7s", command) != 1) return 1;
        if (strcmp(command, "move") == 0) {
            advance(p, p.x, p.vx, side, 0);
            advance(p, p.y, p.vy, side, 2);
        } else if (strcmp(command, "kick") == 0) {
            int dx, dy;
            if (scanf("%d %d", &dx, &dy) != 2) return 1;
            accelerate(p.vx, dx);
            accelerate(p.vy, dy);
        } else {
            int kind;
            if (scanf("%d", &kind) != 1) return 1;
            long long sum_x = 0, sum_y = 0, sum_hits = 0;
            for (int i = 0; i < n; i++) {
                if (p.kind[i] == kind) {
                    sum_x += p.x[i];
                    sum_y += p.y[i];
                    sum_hits += p.hits[i];
                }
            }
            printf("%lld %lld %lld\n", sum_x, sum_y, sum_hits);
        }
    }
    int best = 0;
    for (int i = 1; i < n; i++)
        if (p.hits[i] > p.hits[best]) best = i;
    const Point& start = starts[best];
    printf("%d %d %d %d %d\n", best, p.hits[best], p.wall[best], p.x[best] - start.x, p.y[best] - start.y);
    return 0;
}
