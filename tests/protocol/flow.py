"""One editor with one file, as far as the fake engine needs it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .driver import Driver, Message

FAKE_SERVER = Path(__file__).with_name("fake_server.py")

SOURCE = "int g() { return 1; }\nvoid f() {\n  slow();\n}\n"
PROGRAM = SOURCE + "int main() { f(); return g(); }\n"
"""What can be profiled."""
LINE, COLUMN = 1, 5


def capabilities(**overrides: Any) -> Message:
    """A client with everything that the tests of this module rely on."""
    everything = {
        "literals": {"codeActionKind": {"valueSet": ["refactor"]}},
        "resolve": ["edit", "command"],
        "data": True,
        "tags": [1],
        "disabled": True,
        "documentChanges": True,
        "applyEdit": True,
        "showDocument": True,
        "progress": True,
        "refresh": True,
    } | overrides
    return {
        "textDocument": {
            "codeAction": {
                "codeActionLiteralSupport": everything["literals"],
                "resolveSupport": {"properties": everything["resolve"]},
                "dataSupport": everything["data"],
                "disabledSupport": everything["disabled"],
                "tagSupport": {"valueSet": everything["tags"]},
            },
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "publishDiagnostics": {"dataSupport": True},
        },
        "workspace": {
            "applyEdit": everything["applyEdit"],
            "workspaceEdit": {"documentChanges": everything["documentChanges"]},
            "codeLens": {"refreshSupport": everything["refresh"]},
            "inlayHint": {"refreshSupport": everything["refresh"]},
        },
        "window": {
            "workDoneProgress": everything["progress"],
            "showDocument": {"support": everything["showDocument"]},
        },
    }


class Flow:
    """One editor with one file."""

    def __init__(self, driver: Driver, folder: Path, text: str = SOURCE) -> None:
        self.driver = driver
        self.folder = folder
        self.file = folder / "a.cpp"
        self.uri = self.file.as_uri()
        self.text = text
        self.version = 1
        self.file.write_text(text)
        driver.forget()
        driver.open(self.uri, text)

    def actions(self, line: int = LINE, column: int = COLUMN, **context: Any) -> list[Message]:
        """Code actions at the function `f`."""
        return self.driver.actions(self.uri, line, column, **context)

    def start(self) -> str:
        """Start the job that is offered."""
        (action,) = self.actions()
        job: str = self.driver.execute(action)["job"]
        return job

    def finish(self) -> None:
        """Start, and wait for the message at the end."""
        assert self.start()
        self.driver.notification("window/showMessage", lambda p: "'f'" in p["message"])

    def change(self, text: str) -> None:
        """Replace the whole text."""
        self.version += 1
        self.text = text
        self.driver.change(self.uri, self.version, {"text": text})

    def diagnostics(self, count: int) -> list[Message]:
        """The next diagnostics of that number."""
        params = self.driver.notification(
            "textDocument/publishDiagnostics", lambda p: len(p["diagnostics"]) == count
        )
        assert params["uri"] == self.uri
        found: list[Message] = params["diagnostics"]
        return found

    def resolve(self, action: Message) -> Message:
        """The action with its edit."""
        resolved: Message = self.driver.request("codeAction/resolve", action)
        return resolved

    def applied(self, action: Message) -> str:
        """The text after an action's one edit."""
        (change,) = self.resolve(action)["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": self.uri, "version": self.version}
        (edit,) = change["edits"]
        return apply(self.text, edit)


def apply(text: str, edit: Message) -> str:
    """A text after one edit, with positions in UTF-16 of plain ASCII."""
    lines = text.splitlines(keepends=True)

    def offset(position: Message) -> int:
        return sum(len(line) for line in lines[: position["line"]]) + int(position["character"])

    start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
    return text[:start] + str(edit["newText"]) + text[end:]


def answer(request: Message) -> Any:
    """What a willing editor answers."""
    if request["method"] == "window/showDocument":
        return {"success": True}
    if request["method"] == "workspace/applyEdit":
        return {"applied": True}
    return None


def with_client(folder: Path, can: Message, use: Callable[[Flow], None], text: str = SOURCE) -> Driver:
    """Use a server of its own whose client has other abilities."""
    with Driver(entry=FAKE_SERVER) as driver:
        driver.answer_requests(answer)
        driver.initialize(can)
        use(Flow(driver, folder, text))
        assert driver.leave() == 0, driver.errors()
    return driver
