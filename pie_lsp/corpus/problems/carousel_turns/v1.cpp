#include <iostream>
#include <vector>

using namespace std;

struct Command {
    int kind, number, name;
};

vector<int> run_commands(vector<int> horses, const vector<Command>& commands) {
    vector<int> answers;
    for (const Command& command : commands) {
        if (command.kind == 1) {
            for (int i = 0; i < command.number; i++) {
                int first = horses[0];
                horses.erase(horses.begin());
                horses.push_back(first);
            }
        } else if (command.kind == 2) {
            horses[command.number - 1] = command.name;
        } else {
            answers.push_back(horses[command.number - 1]);
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
