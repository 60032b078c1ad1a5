"""Which functions changed, told by a real git in real repositories."""

import asyncio
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from pie_lsp.engine.changed import changed_functions, work_tree_of
from pie_lsp.values.errors import InputError, MissingToolError

THREE = """\
#include <vector>

int first(int n) {
    return n + 1;
}

// Two of them.
int second(int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) sum += i;
    return sum;
}

int main() {
    return first(1) + second(2);
}
"""


@dataclass(frozen=True)
class Repository:
    """A work tree, and git in it as its owner types it."""

    root: Path

    def git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, check=True, capture_output=True)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "a state", "--no-verify")

    async def changed(self, base: str = "HEAD", path: str = ".") -> dict[str, list[str]]:
        """Names of the changed functions by file."""
        found = await changed_functions(self.root / path, base)
        assert all(not one.problem for one in found), found
        return {str(one.path.relative_to(self.root)): [ref.name for ref in one.functions] for one in found}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository with one commit, in which `a.cpp` holds `THREE`."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Person")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = Repository(tmp_path / "work tree")
    made.root.mkdir()
    made.git("init", "--quiet")
    made.write("a.cpp", THREE)
    made.commit()
    return made


async def test_only_the_functions_with_other_tokens_are_told(repository: Repository) -> None:
    assert await repository.changed() == {}
    repository.write("a.cpp", THREE.replace("sum += i", "sum += 2 * i"))
    assert await repository.changed() == {"a.cpp": ["second"]}
    # Committed or not is all the same, and what is compared with decides.
    repository.commit()
    assert await repository.changed() == {}
    assert await repository.changed("HEAD~1") == {"a.cpp": ["second"]}
    assert await repository.changed("HEAD~1", "a.cpp") == {"a.cpp": ["second"]}


@pytest.mark.parametrize(
    "text",
    [
        THREE.replace("\n", "\r\n"),
        THREE.replace("return n + 1;", "return n  +\n 1; // one more"),
        THREE.replace("// Two of them.", "// Both of them."),
        THREE.replace("#include <vector>", "#include <vector>\nconst int unused = 1;"),
        "\n\n\n" + THREE,
    ],
)
async def test_space_comments_and_places_change_nothing(repository: Repository, text: str) -> None:
    repository.write("a.cpp", text)
    assert await repository.changed() == {}


async def test_a_new_function_counts_and_one_that_is_gone_does_not(repository: Repository) -> None:
    start, end = THREE.index("// Two"), THREE.index("int main")
    repository.write("a.cpp", THREE[:start] + "int third() { return 3; }\n" + THREE[end:])
    assert await repository.changed() == {"a.cpp": ["third"]}


async def test_new_files_count_also_before_they_are_added_unless_git_ignores_them(
    repository: Repository,
) -> None:
    repository.write(".gitignore", "build/\n")
    for name in ("b.cc", "build/c.cpp", "d.txt", "e.hpp"):
        repository.write(name, "int f() { return 1; }\n")
    assert await repository.changed() == {"b.cc": ["f"]}
    repository.git("add", "b.cc")
    assert await repository.changed() == {"b.cc": ["f"]}


async def test_what_was_renamed_or_moved_is_as_old_as_it_was(repository: Repository) -> None:
    repository.git("mv", "a.cpp", "renamed.cpp")
    assert await repository.changed() == {}
    repository.write("renamed.cpp", THREE.replace("n + 1", "n + 2"))
    assert await repository.changed() == {"renamed.cpp": ["first"]}
    (repository.root / "src").mkdir()
    repository.git("mv", "renamed.cpp", "src/a.cpp")
    assert await repository.changed() == {"src/a.cpp": ["first"]}
    # A copy is new, since both can be changed from now on.
    repository.write("a.cpp", THREE)
    assert await repository.changed() == {"src/a.cpp": ["first", "second", "main"]}


async def test_deleted_files_are_left_out(repository: Repository) -> None:
    (repository.root / "a.cpp").unlink()
    assert await repository.changed() == {}
    repository.git("rm", "--quiet", "a.cpp")
    assert await repository.changed() == {}


@pytest.mark.parametrize("name", ["-n.cpp", 'a b\t"ü\n.cpp', ":(top).cpp", "*.cpp", b"\xff.cpp"])
async def test_any_name_will_do(repository: Repository, name: str | bytes) -> None:
    odd = os.fsdecode(name)
    repository.write(odd, THREE)
    repository.commit()
    repository.write(odd, THREE.replace("n + 1", "n + 2"))
    assert await repository.changed() == {odd: ["first"]}
    assert await repository.changed(path=odd) == {odd: ["first"]}


async def test_a_folder_limits_what_is_told_and_names_it_as_it_was_named(
    repository: Repository, tmp_path: Path
) -> None:
    repository.write("src/b.cpp", THREE)
    repository.write("a.cpp", "int g() { return 2; }\n")
    assert list(await repository.changed(path="src")) == ["src/b.cpp"]
    link = tmp_path / "link"
    link.symlink_to(repository.root, target_is_directory=True)
    found = await changed_functions(link / "src", "HEAD")
    assert [one.path for one in found] == [link / "src" / "b.cpp"]
    assert await work_tree_of(link / "src") == repository.root.resolve()


async def test_a_submodule_is_a_repository_of_its_own(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.root.mkdir()
    other.git("init", "--quiet")
    other.write("sub.cpp", THREE)
    other.commit()
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.root), "deps")
    repository.commit()
    repository.write("deps/sub.cpp", THREE.replace("n + 1", "n + 2"))
    assert await repository.changed() == {}
    assert await repository.changed(path="deps") == {"deps/sub.cpp": ["first"]}


async def test_links_are_not_followed(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "secret.cpp").write_text(THREE)
    (repository.root / "link.cpp").symlink_to(tmp_path / "secret.cpp")
    (repository.root / "a.cpp").unlink()
    (repository.root / "a.cpp").symlink_to(tmp_path / "secret.cpp")
    assert await repository.changed() == {}


async def test_a_file_that_cannot_be_read_is_told_only_where_it_changed(repository: Repository) -> None:
    repository.write("utf16.cpp", "\ufeffint f();".encode("utf-16-le"))
    repository.commit()
    assert await changed_functions(repository.root, "HEAD") == ()
    repository.write("utf16.cpp", "\ufeffint g();".encode("utf-16-le"))
    (found,) = await changed_functions(repository.root, "HEAD")
    assert (found.path.name, found.functions) == ("utf16.cpp", ())
    assert "UTF-16" in found.problem


@pytest.mark.parametrize(
    "base", ["no-such-branch", "", "-h", "--output=x", "HEAD:a.cpp", "HEAD..HEAD", "a\0b", "\n"]
)
async def test_what_is_no_revision_is_said(repository: Repository, base: str) -> None:
    with pytest.raises(InputError, match="There is no revision"):
        await changed_functions(repository.root, base)
    assert sorted(path.name for path in repository.root.iterdir()) == [".git", "a.cpp"]


async def test_without_a_commit_repository_or_git_it_says_so(
    tmp_path: Path, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="in no git work tree"):
        await changed_functions(tmp_path, "HEAD")
    with pytest.raises(InputError, match="does not exist"):
        await changed_functions(repository.root / "gone.cpp", "HEAD")
    empty = Repository(tmp_path / "empty")
    empty.root.mkdir()
    empty.git("init", "--quiet")
    with pytest.raises(InputError, match="There is no revision 'HEAD'"):
        await changed_functions(empty.root, "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match="apt install git"):
        await changed_functions(repository.root, "HEAD")


async def test_the_environment_does_not_name_another_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.cpp", THREE.replace("n + 1", "n + 2"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert await repository.changed() == {"a.cpp": ["first"]}


async def test_nothing_that_a_repository_names_is_started(repository: Repository, tmp_path: Path) -> None:
    """Each of these is run by some command of git on such a work tree; `git diff` is shown to run one."""
    witness = tmp_path / "started"
    program = tmp_path / "evil.sh"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >>'{witness}'\ncat\n")
    program.chmod(0o755)
    repository.write(".gitattributes", "*.cpp filter=evil diff=evil\n")
    repository.git("add", ".gitattributes")
    for key in (
        *("filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "core.fsmonitor", "core.pager"),
        *("diff.external", "diff.evil.command", "diff.evil.textconv", "core.sshCommand", "core.editor"),
        *("alias.ls-files", "alias.cat-file", "pager.ls-files", "pager.cat-file", "pager.ls-tree"),
    ):
        repository.git("config", key, str(program))
    hooks = repository.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman", "post-checkout", "pre-commit"):
        (hooks / hook).write_bytes(program.read_bytes())
        (hooks / hook).chmod(0o755)
    repository.write("a.cpp", THREE.replace("n + 1", "n + 2"))
    assert await repository.changed() == {"a.cpp": ["first"]}
    assert not witness.exists(), witness.read_text()
    repository.git("diff", "--stat")
    assert witness.exists(), "the trap does not work, so that nothing was shown"


async def test_what_a_partial_clone_has_not_is_not_fetched(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = Repository(tmp_path / "clone")
    address = repository.root.as_uri()
    repository.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", address, str(clone.root))
    clone.write("a.cpp", THREE.replace("n + 1", "n + 2"))
    with pytest.raises(InputError, match="partial clone"):
        await clone.changed()


async def test_cancelling_leaves_no_git_behind(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text(f"#!/bin/sh\necho $$ >'{tmp_path}/pid'\nexec sleep 1000\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    task = asyncio.create_task(changed_functions(repository.root, "HEAD"))
    pid = tmp_path / "pid"
    async with asyncio.timeout(60):
        while not (pid.exists() and pid.read_text().strip()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert not _runs(int(pid.read_text()))


def _runs(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()
