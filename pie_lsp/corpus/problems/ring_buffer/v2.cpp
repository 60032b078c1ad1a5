#include <cstdio>
#include <vector>

struct Event {
    int time;
    int source;
    int bytes;
};

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
    std::vector<Event> window;
    for (int i = 0; i < n; i++) {
        Event event;
        if (!read_event(event, now))
            return 1;
        now = event.time;
        while (!window.empty() && window.front().time <= now - span)
            window.erase(window.begin());
        window.push_back(event);

        long long bytes = 0;
        int same = 0;
        for (const Event& other : window) {
            bytes += other.bytes;
            same += other.source == event.source;
        }
        printf("%zu %d %lld\n", window.size(), same, bytes);
    }
    return 0;
}
