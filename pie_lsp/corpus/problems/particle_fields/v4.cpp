#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

struct Particle {
    int x, y;
    int vx, vy;
    int start_x, start_y;
    int hits;
    char kind;
    char wall;
};

unsigned seed;

int next_random(int bound) {
    seed = (seed * 1103515245u + 12345u) & 0x7fffffffu;
    return (seed >> 8) % bound;
}

void advance(Particle& p, int& position, int& speed, int side, int wall) {
    position += speed;
    if (position >= 0 && position < side) return;
    p.wall = position < 0 ? wall : wall + 1;
    position = position < 0 ? -position : 2 * (side - 1) - position;
    speed = -speed;
    ++p.hits;
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
            for (Particle& p : particles) {
                advance(p, p.x, p.vx, side, 0);
                advance(p, p.y, p.vy, side, 2);
            }
        } else if (strcmp(command, "kick") == 0) {
            int dx, dy;
            if (scanf("%d %d", &dx, &dy) != 2) return 1;
            for (Particle& p : particles) {
                p.vx = std::clamp(p.vx + dx, -100, 100);
                p.vy = std::clamp(p.vy + dy, -100, 100);
            }
        } else {
            int kind;
            if (scanf("%d", &kind) != 1) return 1;
            long long sum_x = 0, sum_y = 0, sum_hits = 0;
            for (const Particle& p : particles) {
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
    printf("%d %d %d %d %d\n", best, p.hits, p.wall, p.x - p.start_x, p.y - p.start_y);
    return 0;
}
