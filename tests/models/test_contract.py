"""What can be asked: a conversation or a prompt, and at least something."""

import pytest

from pie_lsp.models.contract import Message, Role, SamplingRequest

HELLO = (Message(Role.USER, "hello"),)


def test_a_request_is_a_conversation_or_a_prompt() -> None:
    assert SamplingRequest(HELLO).prompt is None
    assert SamplingRequest(prompt="").messages == ()
    with pytest.raises(ValueError, match="either"):
        SamplingRequest()
    with pytest.raises(ValueError, match="either"):
        SamplingRequest(HELLO, prompt="x")


@pytest.mark.parametrize(("samples", "tokens"), [(0, 1), (1, 0)])
def test_a_request_is_for_something(samples: int, tokens: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        SamplingRequest(HELLO, samples=samples, max_tokens=tokens)


def test_what_was_not_set_is_none() -> None:
    request = SamplingRequest(HELLO)
    assert (request.temperature, request.top_p, request.seed) == (None, None, None)
