"""The messages of our own extension, with the real server and the real engine."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.corpus.problem import Kind
from pie_lsp.prompting.shelf import CorpusShelf
from pie_lsp.retrieval.local import ACCEPTED, load

from ..protocol.driver import Driver
from ..protocol.flow import apply, capabilities
from .conftest import EXAMPLES, QUICK_LINE, SLOW_LINE
from .test_processes import BUSY, descendants, is_running, wait_for

CANCELLED = -32800
REQUEST_FAILED = -32803
OWN_LINE = "            text.append(1, packed[i]);\n"
WRONG_LINE = "            text.append(2, packed[i]);\n"


class Session:
    """A client with everything that our extension can do, and the program `runlength`."""

    def __init__(self, driver: Driver, file: Path, **options: Any) -> None:
        can = capabilities()
        can["workspace"]["textDocumentContent"] = {"dynamicRegistration": True}
        can["experimental"] = {"pie": {"results": True}}
        driver.answer_requests(self.answer)
        driver.initialize(can, initializationOptions=options)
        self.driver, self.uri, self.text = driver, file.as_uri(), file.read_text()
        self.edits: list[Any] = []
        driver.open(self.uri, self.text)

    def answer(self, request: Any) -> Any:
        """A willing editor."""
        if request["method"] == "workspace/applyEdit":
            (change,) = request["params"]["edit"]["documentChanges"]
            self.edits += change["edits"]
            return {"applied": True}
        return {"success": True} if request["method"] == "window/showDocument" else None

    def run(self) -> Any:
        place = {"qualifiedName": "unpack", "line": 27}
        file = {"uri": self.uri}
        asked = {"textDocument": file, "scope": "function", "function": place, "workDoneToken": "run"}
        return self.driver.request("pie/run", asked)

    def found(self) -> Any:
        (run,) = self.driver.request("pie/results", {"textDocument": {"uri": self.uri}})["runs"]
        return run

    def verify(self, result: str, line: str) -> Any:
        text = self.text.replace(SLOW_LINE, line)
        asked = {"textDocument": {"uri": self.uri}, "result": result, "rank": 1, "text": text}
        return self.driver.request("pie/verifyCopy", asked)

    def content(self, uri: str) -> str:
        return str(self.driver.request("workspace/textDocumentContent", {"uri": uri})["text"])

    def apply_best(self) -> None:
        """Have the best applied, and tell the server what the text is then."""
        argument = {"result": self.found()["id"], "rank": 1}
        command = {"command": "pie.apply", "arguments": [argument]}
        assert self.driver.request("workspace/executeCommand", command) == {"applied": True, "problem": None}
        (edit,) = self.edits
        self.text = apply(self.text, edit)
        self.driver.change(self.uri, 2, {"text": self.text})
        self.driver.notification("window/logMessage", lambda p: "verified faster version" in p["message"])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all sessions of this module, so that what the first found is in the cache."""
    folder = tmp_path_factory.mktemp("run")
    shutil.copytree(EXAMPLES / "runlength.tests", folder / "runlength.tests")
    return Path(shutil.copy(EXAMPLES / "runlength.cpp", folder))


def test_what_is_found_is_told_shown_and_joined_by_a_persons_own(file: Path) -> None:
    with Driver() as driver:
        session = Session(driver, file)
        assert len(session.run()["results"]) == 1
        reports = [m["params"]["value"] for m in driver.messages if m.get("method") == "$/progress"]
        told = [report.get("message", "") for report in reports]
        assert any(re.fullmatch(r".+ \d+/\d+, best \d+\.\d\dx", message) for message in told), told
        run = session.found()
        assert run["machine"].startswith("estimate, skylake-verbatim/") and run["unit"] == "cycles"
        (best,) = run["candidates"]
        assert best["short"].endswith("x faster, 6 tests") and 1 < best["low"] <= best["high"]
        assert len(best["perTest"]) == 6 == run["tests"]["count"]
        assert sum(figure["oldCost"] for figure in best["perTest"]) == run["oldCost"]
        assert session.content(best["original"]) == session.text
        assert session.content(best["proposed"]) == session.text.replace(SLOW_LINE, QUICK_LINE)
        fell = session.verify(run["id"], WRONG_LINE)
        assert fell["results"] == [] and fell["message"].startswith("'unpack': your edit is not offered: ")
        assert session.found()["id"] == run["id"]
        (mine,) = session.verify(run["id"], OWN_LINE)["results"]
        assert session.found()["id"] == mine
        assert {one["title"] for one in session.found()["candidates"]} == {best["title"], "Your edit"}
        driver.expect(lambda m: m.get("method") == "workspace/textDocumentContent/refresh")
        assert driver.leave() == 0


@pytest.mark.parametrize("wanted", [True, False])
def test_an_accepted_edit_is_kept_where_that_is_set_and_found_later(
    file: Path, tmp_path: Path, wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIE_LSP_DATA_DIR", str(tmp_path / "data"))
    with Driver() as driver:
        session = Session(driver, file, rememberAccepted=wanted)
        session.run()
        session.apply_best()
        assert session.text == file.read_text().replace(SLOW_LINE, QUICK_LINE)
        assert driver.leave() == 0
    pairs = load(ACCEPTED).corpus.pairs
    assert [pair.kinds for pair in pairs] == ([(Kind.STRING_BUILDING,)] if wanted else [])
    if wanted:
        assert pairs[0].before.startswith(b"string unpack(") and pairs[0].before.endswith(b"}")
        assert (pairs[0].speedup or 0) > 1.5 and QUICK_LINE.encode() in pairs[0].after
        hits = CorpusShelf((ACCEPTED,)).retriever("bm25").retrieve(pairs[0].before, 1)
        assert [hit.pair for hit in hits] == list(pairs)


def test_a_program_that_does_not_compile_gets_the_compilers_first_error(file: Path, tmp_path: Path) -> None:
    shutil.copytree(file.parent / "runlength.tests", tmp_path / "runlength.tests")
    broken = tmp_path / "runlength.cpp"
    broken.write_text(file.read_text().replace("int count = 0;", "int count = none;"))
    with Driver() as driver:
        session = Session(driver, broken)
        place = {"position": {"line": 26, "character": 8}, "workDoneToken": "t"}
        asked = {"textDocument": {"uri": session.uri}, "scope": "function", **place}
        error = driver.response(driver.begin("pie/run", asked))["error"]
        sentence = "It does not compile: 'none' was not declared in this scope at line 29."
        assert error["code"] == REQUEST_FAILED and sentence in error["message"]
        end = driver.notification("$/progress", lambda p: p["value"]["kind"] == "end")
        assert sentence in end["value"]["message"]
        (start,) = driver.actions(session.uri, 26, 8)
        assert driver.execute(start)["job"]
        driver.notification("window/showMessage", lambda p: sentence in p["message"])
        driver.notification("$/progress", lambda p: sentence in p["value"].get("message", ""))


def test_cancelling_the_request_leaves_no_process(tmp_path: Path) -> None:
    busy = tmp_path / "busy.cpp"
    busy.write_text(BUSY)
    (tmp_path / "busy.tests").mkdir()
    (tmp_path / "busy.tests" / "1.in").write_text("")
    with Driver() as driver:
        session = Session(driver, busy)
        asked = {"textDocument": {"uri": session.uri}, "scope": "file", "workDoneToken": "t"}
        identity = driver.begin("pie/run", asked)
        driver.notification("$/progress", lambda p: "running the original" in p["value"].get("message", ""))
        children = wait_for(lambda: descendants(driver.process.pid))
        driver.notify("$/cancelRequest", {"id": identity})
        assert driver.response(identity)["error"]["code"] == CANCELLED
        assert not [child for child in children if is_running(child)], "at the moment of the answer"
        assert descendants(driver.process.pid) == []
        assert driver.leave() == 0
