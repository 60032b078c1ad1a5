import pytest

from pie_lsp.engine.asking import MOST_FUNCTIONS

from ..conftest import Harness

SLOW = "  std::string s; for (int i = 0; i < 9; i++) s = s + 'x'; slow();\n"
LOCAL = {"models": {"tiny": {"address": "http://127.0.0.1:9/v1", "model": "m"}}, "languageModel": "tiny"}
REMOTE = {"models": {"far": {"address": "https://far.example/v1", "model": "m"}}, "languageModel": "far"}


async def test_every_function_that_may_gain_is_a_job(harness: Harness) -> None:
    await harness.begin(f"void f() {{\n{SLOW}}}\nint g() {{ return 1; }}\nvoid h() {{\n{SLOW}}}\n")
    answer = await harness.execute("pie.optimizeFile", {"uri": harness.uri})
    assert len(answer["result"]["jobs"]) == 2
    await harness.message("'f': 2 verified")
    await harness.message("'h': 2 verified")


async def test_where_nothing_may_gain_it_says_so(harness: Harness) -> None:
    await harness.begin()
    assert (await harness.execute("pie.optimizeFile", {"uri": harness.uri}))["result"] == {"jobs": []}
    await harness.message("a.cpp: no rule applies to any of 2 functions.")


async def test_a_folder_without_git_is_a_sentence(harness: Harness) -> None:
    await harness.begin()
    assert (await harness.execute("pie.optimizeChanged", {"uri": harness.uri}))["result"] == {"jobs": []}
    assert await harness.message("git")


@pytest.mark.parametrize(
    ("settings", "asked"),
    [
        ({}, False),
        (LOCAL, True),
        (REMOTE, False),
        ({**REMOTE, "allowRemoteModels": True}, True),
        ({**LOCAL, "languageModel": "other"}, False),
    ],
)
async def test_a_model_makes_functions_without_a_rule_worth_a_try(
    harness: Harness, settings: dict[str, object], asked: bool
) -> None:
    functions = [f"int f{n}(int x) {{\n  while (x > {n}) x /= 2;\n  return x;\n}}\n" for n in range(6)]
    await harness.begin("".join(functions))
    harness.server.session.configuration = settings
    assert bool(await harness.actions(1, 4, triggerKind=2)) is asked
    answer = await harness.execute("pie.optimizeFile", {"uri": harness.uri})
    assert len(answer["result"]["jobs"]) == (MOST_FUNCTIONS if asked else 0)
    await harness.server.stop_jobs()
