#include <cstdio>
#include <vector>

using namespace std;

const long long MOD = 1000000007;

struct Command {
    char kind;
    int a, b;
};

int main() {
    int n, rounds;
    if (scanf("%d %d", &n, &rounds) != 2)
        return 1;
    vector<Command> script(n);
    for (Command& c : script) {
        c.a = c.b = 0;
        if (scanf(" %c", &c.kind) != 1)
            return 1;
        if (c.kind != 'P' && scanf("%d", &c.a) != 1)
            return 1;
        if (c.kind == 'D' && scanf("%d", &c.b) != 1)
            return 1;
    }

    for (int round = 0; round < rounds; round++) {
        vector<int> priority;
        vector<int> waiting;
        long long checksum = 0;
        int popped = 0;
        for (const Command& c : script) {
            if (c.kind == 'I') {
                int id = priority.size();
                priority.push_back((c.a + round * id) % 1000);
                waiting.push_back(id);
            } else if (c.kind == 'D') {
                priority[c.a] = priority[c.a] > c.b ? priority[c.a] - c.b : 0;
            } else if (!waiting.empty()) {
                size_t best = 0;
                for (size_t i = 1; i < waiting.size(); i++)
                    if (priority[waiting[i]] < priority[waiting[best]])
                        best = i;
                popped++;
                checksum = (checksum * 31 + waiting[best]) % MOD;
                waiting.erase(waiting.begin() + best);
            }
        }
        printf("round %d: %d popped, checksum %lld\n", round, popped, checksum);
    }
    return 0;
}
