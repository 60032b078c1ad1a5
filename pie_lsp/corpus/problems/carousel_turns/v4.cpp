#include <iostream>
#include <vector>

using namespace std;

struct Command {
    int kind, number, name;
};

vector<int> run_commands(vector<int> horses, const vector<Command>& commands) {
    int n = horses.size(), start = 0;
    vector<int> answers;
    for (const Command& command : commands) {
        if (command.kind == 1) {
            start = (start + command.number) % n;
        } else if (command.kind == 2) {
            horses[(start + command.number - 1) % n] = command.name;
        } else {
            answers.push_back(horses[(start + command.number - 1) % n]);
        }
    }
    return answers;
}

int main() {
    int n, q;
    cin >> n >> q;
    vector<int> horses(n);
    for (int& horse : horses) cin >> horse;
    vector<Command> commands(q);
    for (Command& command : commands) cin >> command.kind >> command.number >> command.name;
    for (int answer : run_commands(horses, commands)) cout << answer << '\n';
    return 0;
}
