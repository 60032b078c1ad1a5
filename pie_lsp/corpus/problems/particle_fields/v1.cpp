#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

struct Particle {
    char kind;
    long long x;
    long long vx;
    long long start_x;
    char wall;
    long long y;
    long long vy;
    long long start_y;
    int hits;
};

unsigned seed;

int next_random(int bound) {
    seed = (seed * 1103515245u + 12345u) & 0x7fffffffu;
    return (seed >> 8) % bound;
}

int main() {
    int n, side, m;
    if (scanf("%d %d %u %d", &n, &side, &seed, &m) != 4) return 1;
    std::vector<Particle> particles(n);
    for (int i = 0; i < n; i++) {
        Particle& p = particles[i];
        p.kind = next_random(4);
        p.x = p.start_x = next_random(side);
        p.y = p.start_y = next_random(side);
        p.vx = next_random(201) - 100;
        p.vy = next_random(201) - 100;
        p.wall = 4;
        p.hits = 0;
    }
    for (int step = 0; step < m; step++) {
        char command[8];
        if (scanf("%7s", command) != 1) return 1;
        if (strcmp(command, "move") == 0) {
            for (int i = 0; i < n; i++) {
                Particle& p = particles[i];
                p.x += p.vx;
                if (p.x < 0 || p.x >= side) {
                    p.wall = p.x < 0 ? 0 : 1;
                    p.x = p.x < 0 ? -p.x : 2 * (side - 1) - p.x;
                    p.vx = -p.vx;
                    p.hits++;
                }
                p.y += p.vy;
                if (p.y < 0 || p.y >= side) {
                    p.wall = p.y < 0 ? 2 : 3;
                    p.y = p.y < 0 ? -p.y : 2 * (side - 1) - p.y;
                    p.vy = -p.vy;
                    p.hits++;
                }
            }
        } else if (strcmp(command, "kick") == 0) {
            int dx, dy;
            if (scanf("%d %d", &dx, &dy) != 2) return 1;
            for (int i = 0; i < n; i++) {
                Particle& p = particles[i];
                p.vx = std::max(-100LL, std::min(100LL, p.vx + dx));
                p.vy = std::max(-100LL, std::min(100LL, p.vy + dy));
            }
        } else {
            int kind;
            if (scanf("%d", &kind) != 1) return 1;
            long long sum_x = 0, sum_y = 0, sum_hits = 0;
            for (int i = 0; i < n; i++) {
                const Particle& p = particles[i];
                if (p.kind == kind) {
                    sum_x += p.x;
                    sum_y += p.y;
                    sum_hits += p.hits;
                }
            }
            printf("%lld %lld %lld\n", sum_x, sum_y, sum_hits);
        }
    }
    int best = 0;
    for (int i = 1; i < n; i++)
        if (particles[i].hits > particles[best].hits) best = i;
    const Particle& p = particles[best];
    printf("%d %d %d %d %d\n", best, p.hits, p.wall, (int)(p.x - p.start_x), (int)(p.y - p.start_y));
    return 0;
}
