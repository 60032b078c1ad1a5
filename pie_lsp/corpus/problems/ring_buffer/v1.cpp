#include <cstdio>
#include <vector>

struct Event {
    int time;
    int source;
    int bytes;
};

int main() {
    int n, sources, span, now = 0;
    if (scanf("%d %d %d", &n, &sources, &span) != 3)
        return 1;
    std::vector<Event> window;
    for (int i = 0; i < n; i++) {
        int gap;
        Event event;
        if (scanf("%d %d %d", &gap, &event.source, &event.bytes) != 3)
            return 1;
        now += gap;
        event.time = now;
        while (!window.empty() && window.front().time <= now - span)
            window.erase(window.begin());
        window.push_back(event);

        long long bytes = 0;
        int same = 0;
        for (size_t j = 0; j < window.size(); j++) {
            bytes += window[j].bytes;
            if (window[j].source == event.source)
                same++;
        }
        printf("%zu %d %lld\n", window.size(), same, bytes);
    }
    return 0;
}
