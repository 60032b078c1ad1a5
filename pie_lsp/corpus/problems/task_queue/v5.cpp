#include <algorithm>
#include <cstdio>
#include <functional>
#include <queue>
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
        priority_queue<int, vector<int>, greater<int>> waiting;
        vector<bool> done;
        long long checksum = 0;
        int popped = 0;
        for (const Command& c : script) {
            if (c.kind == 'I') {
                int id = priority.size();
                priority.push_back((c.a + round * id) % 1000);
                done.push_back(false);
                waiting.push(priority[id] << 16 | id);
            } else if (c.kind == 'D') {
                if (!done[c.a]) {
                    priority[c.a] = max(priority[c.a] - c.b, 0);
                    waiting.push(priority[c.a] << 16 | c.a);
                }
            } else {
                while (!waiting.empty() && done[waiting.top() & 0xffff])
                    waiting.pop();
                if (waiting.empty())
                    continue;
                int id = waiting.top() & 0xffff;
                waiting.pop();
                done[id] = true;
                popped++;
                checksum = (checksum * 31 + id) % MOD;
            }
        }
        printf("round %d: %d popped, checksum %lld\n", round, popped, checksum);
    }
    return 0;
}
