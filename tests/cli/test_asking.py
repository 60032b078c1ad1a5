"""Language models on the command line: the real console script and a real server."""

import asyncio
import json
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.cli.asking import in_words
from pie_lsp.engine.asking import Shown
from pie_lsp.models.contract import Message, Role
from pie_lsp.prompting.contract import Question
from tests.models.local.hub import hub_of
from tests.models.local.tiny import build_causal, needs_torch
from tests.models.served import Script, Served, says, serving
from tests.retrieval.tiny_encoder import save_tiny_encoder

from .conftest import SLOW, Run

FAST = SLOW.replace(b"        out = out + word;\n", b"        out += word;\n").replace(
    b"    std::string out;\n", b"    std::string out;\n    out.reserve(word.size() * n);\n"
)


class Running:
    """A server in a thread of its own, since the console script is waited for in this one."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))

    async def _serve(self) -> None:
        self._end = asyncio.Event()
        async with serving(self._script) as self.served:
            self._ready.set()
            await self._end.wait()

    def __enter__(self) -> Served:
        self._thread.start()
        self._ready.wait()
        return self.served

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def ask(pie_lsp: Run, project: Path, tmp_path: Path) -> "Callable[..., subprocess.CompletedProcess[bytes]]":
    """Optimize `project` with a model "tiny" at an address in the user's settings."""

    def run(address: str, *words: str) -> "subprocess.CompletedProcess[bytes]":
        settings = tmp_path / "settings.toml"
        settings.write_text(
            f'[models.tiny]\naddress = "{address}"\nmodel = "m"\ncontext = 8000\n'
            f'[models.far]\naddress = "https://models.example.invalid/v1"\nmodel = "m"\n'
        )
        environment = {"PIE_LSP_SETTINGS": str(settings)}
        command = ("optimize", project.name, "--function", "repeat", *words)
        return pie_lsp(*command, cwd=project.parent, environment=environment)

    return run


Ask = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_a_verified_measured_suggestion_of_a_model_is_printed(ask: Ask) -> None:
    with Running(says(f"```cpp\n{FAST.decode()}```")) as served:
        words = ("--model", "tiny", "--strategy", "instruction", "--samples", "2", "--repairs", "0", "--json")
        done = ask(served.address, *words)
        assert served.bodies[0]["n"] == 2
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    (mine,) = [one for one in document["suggestions"] if one["kind"] == "model"]
    assert mine["proposer"] == "tiny/instruction" and mine["speedup"] > 1.1
    assert mine["details"]["strategy"] == "instruction" and len(mine["details"]["prompt"]) == 64
    assert {one["kind"] for one in document["suggestions"]} >= {"rule", "model"}


def test_what_would_be_sent_is_printed_and_not_sent(ask: Ask) -> None:
    with Running(says("x")) as served:
        done = ask(served.address, "--language-model", "tiny", "--strategy", "few-shot", "--show-prompt")
        assert served.asked == []
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert f"== repeat: would be sent to {served.address} (this machine); nothing was sent" in text
    assert "-- system:" in text and "Example 2, slow:" in text and "out = out + word;" in text
    far = ask(served.address, "--model", "far", "--strategy", "instruction", "--show-prompt").stdout.decode()
    assert "would be sent to https://models.example.invalid/v1 (another machine)" in far


def test_retriever_and_encoder_are_taken_from_the_options(ask: Ask, tmp_path: Path) -> None:
    encoder = save_tiny_encoder(tmp_path / "encoder")
    words = ("--model", "tiny", "--strategy", "retrieval-1", "--show-prompt")
    usual = ask("http://127.0.0.1:1/v1", *words)
    chosen = ask("http://127.0.0.1:1/v1", *words, "--retriever", "embeddings", "--encoder", str(encoder))
    assert (usual.returncode, chosen.returncode) == (0, 0), chosen.stderr
    assert b"Example 1, slow:" in chosen.stdout and chosen.stdout != usual.stdout


@needs_torch
def test_looking_at_a_prompt_fetches_no_weights(pie_lsp: Run, project: Path, tmp_path: Path) -> None:
    folder = build_causal(tmp_path / "tiny")
    settings = tmp_path / "settings.toml"
    table = '[models.tiny]\ncheckpoint = "somebody/tiny"\ncontext = 3000\n'
    words = ("optimize", project.name, "--function", "repeat", "--model", "tiny", "--strategy", "instruction")
    with hub_of(folder, "somebody/tiny") as hub:
        environment = {"HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "0"}
        environment |= {"PIE_LSP_SETTINGS": str(settings), "NO_PROXY": "127.0.0.1"}

        def show() -> str:
            done = pie_lsp(*words, "--show-prompt", cwd=project.parent, environment=environment)
            assert done.returncode == 0, done.stderr
            return done.stdout.decode()

        settings.write_text(table)
        unknown = show()
        assert hub.asked == []
        settings.write_text(f"{table}download = true\n")
        known = show()
        assert "tokenizer.json" in hub.fetched and "config.json" in hub.fetched
        assert not any(name.endswith(".safetensors") for name in hub.fetched), hub.fetched
    assert "is not on this machine" in unknown and "Set download to true" in unknown
    assert "taken for 3,000 tokens" in unknown and "estimated and not counted" in unknown
    assert "estimated" not in known and "not on this machine" not in known
    for text in (unknown, known):
        assert "out = out + word;" in text and "(this machine); nothing was sent" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--samples", "2"), "--samples is about a language model"),
        (("--show-prompt",), "--show-prompt is about a language model"),
        (("--model", "tiny", "--language-model", "far"), "name two language models"),
        (("--language-model", "near", "--show-prompt"), 'no language model "near"'),
        (("--language-model", "near"), 'no language model "near" in your settings (there are: tiny, far)'),
        (("--model", "near"), 'a machine or a language model, and "near" is neither'),
        (("--model", "near"), "Machines are skylake-verbatim and skylake-pie"),
        (("--model", "near", "--strategy", "few-shot"), "Your language models are tiny, far"),
        (("--model", "tiny", "--strategy", "luck", "--show-prompt"), "no strategy 'luck'"),
        (("--model", "tiny", "--strategy", "luck"), "there are chain-of-thought, few-shot"),
        (("--model", "tiny", "--strategy", "performance-conditioned"), "Take retrieval-4"),
        (("--model", "tiny", "--repairs", "-1"), "--repairs"),
        (("--model", "tiny", "--retriever", "best"), "no retriever 'best'"),
        (("--model", "tiny", "--retriever", "fused"), "needs an encoder"),
        (("--model", "tiny", "--retriever", "fused", "--encoder", "gone"), "gone is no folder"),
        (("--retriever", "bm25"), "--retriever is about a language model"),
        (("--encoder", "."), "--encoder is about a language model"),
    ],
)
def test_wrong_use_is_a_sentence(ask: Ask, words: tuple[str, ...], sentence: str) -> None:
    done = ask("http://127.0.0.1:1/v1", *words)
    assert done.returncode == 2
    assert sentence in done.stderr.decode() and b"Traceback" not in done.stderr
    # It is said before any work is begun, so not even the first stage was told of.
    assert done.stdout == b"" and b"compiling" not in done.stderr


def test_a_wrong_choice_in_the_settings_is_refused_at_once(
    pie_lsp: Run, project: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('language_model = "gone"\n')
    environment = {"PIE_LSP_SETTINGS": str(settings)}
    done = pie_lsp("optimize", project.name, cwd=project.parent, environment=environment)
    assert done.returncode == 2 and done.stdout == b"" and b"compiling" not in done.stderr
    assert 'no language model "gone" in your settings (there are: none)' in done.stderr.decode()


def test_without_any_model_the_place_to_set_one_up_is_said(
    pie_lsp: Run, project: Path, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("")
    environment = {"PIE_LSP_SETTINGS": str(settings)}
    for words in (("--model", "qwen", "--strategy", "few-shot"), ("--strategy", "few-shot")):
        done = pie_lsp("optimize", project.name, *words, cwd=project.parent, environment=environment)
        said = done.stderr.decode()
        assert done.returncode == 2
        assert f'no language model; they stand in the table "models" of {settings}' in said
        assert ("name one with --language-model" in said) == (words[0] == "--strategy")


def test_a_prompt_cannot_steer_the_terminal() -> None:
    question = Question(messages=(Message(Role.USER, "a\x1b[2Jb"),))
    assert "\\x1b" in in_words([Shown("f", "x", False, (question,), ("cut",))])
    assert "-- cut" in in_words([Shown("f", "x", False, (question,), ("cut",))])
    assert "no function" in in_words([])
