#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>
#include <vector>

using namespace std;

const long long MOD = 1000000007;

struct Command {
    char kind;
    int a, b;
};

bool read_command(Command& c) {
    c.a = c.b = 0;
    if (scanf(" %c", &c.kind) != 1)
        return false;
    if (c.kind == 'I')
        return scanf("%d", &c.a) == 1;
    if (c.kind == 'D')
        return scanf("%d %d", &c.a, &c.b) == 2;
    return true;
}

int main() {
    int n, rounds;
    if (scanf("%d %d", &n, &rounds) != 2)
        return 1;
    vector<Command> script(n);
    for (Command& c : script)
        if (!read_command(c))
            return 1;

    for (int round = 0; round < rounds; round++) {
        vector<int> priority;
        set<pair<int, int>> waiting;
        long long checksum = 0;
        int popped = 0;
        for (const Command& c : script) {
            if (c.kind == 'I') {
                int id = priority.size();
                priority.push_back((c.a + round * id) % 1000);
                waiting.insert({priority[id], id});
            } else if (c.kind == 'D') {
                bool present = waiting.erase({priority[c.a], c.a}) > 0;
                priority[c.a] = max(priority[c.a] - c.b, 0);
                if (present)
                    waiting.insert({priority[c.a], c.a});
            } else if (!waiting.empty()) {
                int id = waiting.begin()->second;
                waiting.erase(waiting.begin());
                popped++;
                checksum = (checksum * 31 + id) % MOD;
            }
        }
        printf("round %d: %d popped, checksum %lld\n", round, popped, checksum);
    }
    return 0;
}
