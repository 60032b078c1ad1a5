import dataclasses

from pie_lsp.engine.contract import Listener, OptimizeRequest
from pie_lsp.server.uris import same_file_key
from pie_lsp.values.profile import Profile, ProfileReport

from ..protocol.fake_server import profile
from ..protocol.flow import PROGRAM
from .conftest import Harness


async def test_what_was_found_rests_on_what_was_there_before_it_began(harness: Harness) -> None:
    """A test that is added while the programs run makes the profile one of another program."""
    await harness.begin(PROGRAM)
    document = harness.server.session.documents[same_file_key(harness.uri)]
    assert document.path is not None
    tests = document.path.parent / "a.tests"

    async def adding(request: OptimizeRequest, listener: Listener) -> ProfileReport:
        tests.mkdir()
        (tests / "1.in").write_text("1\n")
        return await profile(request, listener)

    harness.server._profile = adding
    await harness.execute("pie.profile", {"uri": harness.uri})
    await harness.message("most expensive")
    known = harness.server.profiles.of(same_file_key(harness.uri))
    assert known is not None and not await harness.server.profile_holds(known, document)


async def test_a_file_without_functions_is_told(harness: Harness) -> None:
    async def nothing(request: OptimizeRequest, listener: Listener) -> ProfileReport:
        return dataclasses.replace(await profile(request, listener), profile=Profile((), 1, 1))

    await harness.begin(PROGRAM)
    harness.server._profile = nothing
    await harness.execute("pie.profile", {"uri": harness.uri})
    assert await harness.message("no function to profile") == "a.cpp: there is no function to profile."
