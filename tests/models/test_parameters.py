"""What is remembered of a server's refusals."""

from pie_lsp.models.contract import SamplingRequest
from pie_lsp.models.parameters import Parameters

REQUEST = SamplingRequest(prompt="p", temperature=0.5, seed=3)


def sent(parameters: Parameters) -> dict[str, object]:
    return parameters.of(REQUEST, ("END",), 4, 3, False)


def test_the_named_parameter_goes_and_no_other() -> None:
    parameters = Parameters((("top_k", "5"),))
    assert set(sent(parameters)) == {"max_tokens", "temperature", "stop", "seed", "n", "top_k"}
    assert parameters.refuse("the seed and the temperature", "seed", sent(parameters))
    assert set(sent(parameters)) == {"max_tokens", "temperature", "stop", "n", "top_k"}


def test_a_name_inside_another_word_is_not_meant() -> None:
    parameters = Parameters(())
    assert not parameters.refuse("seeds, stopped, temperatures", None, sent(parameters))
    assert not parameters.refuse("no such model", "model", sent(parameters))


def test_the_limit_has_two_names_and_then_goes() -> None:
    parameters = Parameters(())
    for name in ("max_tokens", "max_completion_tokens"):
        assert name in sent(parameters)
        assert parameters.refuse("", name, sent(parameters))
    assert not {"max_tokens", "max_completion_tokens"} & set(sent(parameters))
    assert len(parameters.remarks(REQUEST)) == 1


def test_remarks_are_about_what_was_set() -> None:
    parameters = Parameters((("top_k", "5"),))
    for name in ("temperature", "top_p", "n", "stop", "top_k"):
        parameters.refuse("", name, {name: 1})
    remarks = parameters.remarks(REQUEST)
    assert ["temperature" in remarks[0], "top_k" in remarks[1], len(remarks)] == [True, True, 2]
