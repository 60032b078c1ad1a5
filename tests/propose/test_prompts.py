"""Programs that talk with somebody."""

import pytest

from pie_lsp.cpp.parse import parse
from pie_lsp.propose.prompts import has_prompt


def talks(body: str) -> bool:
    return has_prompt(parse(f"int main() {{ int n, m; {body} }}\n".encode()))


@pytest.mark.parametrize(
    "body",
    [
        'cout << "Enter n: "; cin >> n;',
        'std::cout << "Enter n: "; std::cin >> n;',
        'cout << "Size" << ": "; cin >> n;',
        'cout << "Size:" << endl; cin >> n;',
        'cout << "Size:\\n"; cin >> n;',
        "cout << \"Size?\" << '\\n'; cin >> n;",
        'cout << "n "; string s; getline(cin, s);',
        'cout << "n "; while (cin >> n) m++;',
        'cout << (n ? "more? " : "first? "); cin >> n;',
        'for (;;) { cin >> n; cout << "> "; }',
        'cout << "Please wait"; n = m;',
        'cout << "? " << n << endl; cin >> m;',
        'cout << "! " << n << endl;',
        "cout << '>'; cin >> n;",
        'cerr << "n: "; cin >> n;',
    ],
)
def test_prompts(body: str) -> None:
    assert talks(body)


@pytest.mark.parametrize(
    "body",
    [
        'cout << "Sum: " << n << endl; cin >> m;',
        'cin >> n; cout << "Case #" << n << ": " << m << "\\n";',
        'cin >> n; cout << "Size:\\n"; cout << n;',
        'cout << "done\\n"; cin >> n;',
        "cout << n << ' '; cin >> m;",
        'cin >> n; cout << n << ": "; cout << m << endl;',
        'string s = "Enter n: "; cin >> n;',
        'log << "Enter n: "; cin >> n;',
        'cout << "Sum "; n = m;',
        'for (int i = 0; i < n; i++) { cin >> m; cout << m << " "; }',
        '// cout << "Enter n: ";\n cin >> n;',
    ],
)
def test_no_prompts(body: str) -> None:
    assert not talks(body)
