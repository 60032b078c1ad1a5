from pie_lsp.propose.registry import all_rules

from .conftest import Run


def test_a_rule_explains_itself(pie_lsp: Run) -> None:
    said = pie_lsp("rule", "s1").stdout.decode()
    assert said.startswith("S1: Append with += instead of copying the string\n")
    assert "What it does: Rewrites s = s + x to s += x." in said
    assert "When it holds: s is declared as a std::string" in " ".join(said.split())
    assert "\n-        all = all + word + ' ';\n+        all += word + ' ';\n" in said


def test_every_rule_is_listed(pie_lsp: Run) -> None:
    listed = [line.split()[0] for line in pie_lsp("rule").stdout.decode().splitlines()]
    assert listed == [rule.id for rule in all_rules()]
    assert "S1" in listed
