#include <cstdio>
#include <vector>

const size_t CAPACITY = 1 << 14;

struct Event {
    int time;
    int source;
    int bytes;
};

Event ring[CAPACITY];

bool read_event(Event& event, int now) {
    int gap;
    if (scanf("%d %d %d", &gap, &event.source, &event.bytes) != 3)
        return false;
    event.time = now + gap;
    return true;
}

int main() {
    int n, sources, span, now = 0;
    if (scanf("%d %d %d", &n, &sources, &span) != 3)
        return 1;
    size_t head = 0, tail = 0;
    std::vector<int> per_source(sources + 1, 0);
    long long bytes = 0;
    for (int i = 0; i < n; i++) {
        Event event;
        if (!read_event(event, now))
            return 1;
        now = event.time;
        while (head != tail && ring[head % CAPACITY].time <= now - span) {
            bytes -= ring[head % CAPACITY].bytes;
            per_source[ring[head % CAPACITY].source]--;
            head++;
        }
        ring[tail % CAPACITY] = event;
        tail++;
        bytes += event.bytes;
        per_source[event.source]++;
        printf("%zu %d %lld\n", tail - head, per_source[event.source], bytes);
    }
    return 0;
}
