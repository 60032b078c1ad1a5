"""Reads the pairs that the authors of PIE published, in both of their formats; writes nothing.

The newer files name the programs ``src_code`` and ``tgt_code``, the older ones ``input`` and ``target``.
A line that gives no pair is left out with its number and the reason.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from pie_lsp.retrieval.contract import Pair, PairCorpus

MOST_BYTES = 1 << 20
"""A longer program is no program of a contest."""

_ACCEPTED = "Accepted"
_Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line, counted from 1, that gives no pair, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class PieFile:
    """What a file held. `lines` counts those that were not blank."""

    corpus: PairCorpus
    lines: int
    left_out: tuple[LeftOut, ...]


class NoPairError(Exception):
    """Why a line gives no pair."""


@dataclass(frozen=True, slots=True)
class _Format:
    """What the fields of one format are called, each under its name or names."""

    before: str
    after: str
    ids: tuple[str, str]
    status: str
    times: tuple[tuple[str, str], ...]


_FORMATS = (
    _Format(
        "src_code",
        "tgt_code",
        ("src_id", "tgt_id"),
        "tgt_status",
        (("src_agg_runtime", "tgt_agg_runtime"),),
    ),
    _Format(
        "input",
        "target",
        ("submission_id_v0", "submission_id_v1"),
        "status_v1",
        (("measured_runtime_v0", "measured_runtime_v1"), ("cpu_time_v0", "cpu_time_v1")),
    ),
)


def read_pie(lines: Iterable[bytes], name: str) -> PieFile:
    """The pairs of a file whose lines these are; keys begin with `name`."""
    pairs: dict[str, Pair] = {}
    left_out: list[LeftOut] = []
    count = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        count += 1
        try:
            pair = pair_of_line(line, name)
            if pair.key in pairs:
                raise NoPairError(f"the pair {pair.key} was there before")
            pairs[pair.key] = pair
        except NoPairError as reason:
            left_out.append(LeftOut(number, str(reason)))
    return PieFile(PairCorpus.of(pairs.values()), count, tuple(left_out))


def pair_of_line(line: bytes, name: str) -> Pair:
    """The pair in one line. Raises NoPairError where it gives none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NoPairError(f"it is no JSON ({error})") from error
    if not isinstance(record, dict):
        raise NoPairError("it is no JSON object")
    form = next((it for it in _FORMATS if it.before in record), None)
    if form is None:
        raise NoPairError("it has neither src_code nor input")
    language = record.get("language", "C++")
    if not isinstance(language, str) or not language.lower().startswith(("c++", "cpp")):
        raise NoPairError(f"its language is {language!r}")
    status = record.get(form.status, _ACCEPTED)
    if status != _ACCEPTED:
        raise NoPairError(f"its faster program was not accepted ({status!r})")
    before, after = _source(record, form.before), _source(record, form.after)
    if before == after:
        raise NoPairError("its two programs are the same")
    return Pair(
        key=f"{name}/" + "-".join(_word(record, field) for field in form.ids),
        before=before,
        after=after,
        problem=_word(record, "problem_id"),
        speedup=_speedup(record, form),
    )


def _source(record: _Record, field: str) -> bytes:
    text = record.get(field)
    if not isinstance(text, str) or not text.strip():
        raise NoPairError(f"its {field} is no program")
    source = text.encode("utf-8", "replace")
    if len(source) > MOST_BYTES:
        raise NoPairError(f"its {field} is longer than {MOST_BYTES} bytes")
    return source


def _word(record: _Record, field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str | int) or not str(value).strip():
        raise NoPairError(f"it has no {field}")
    return str(value).strip()


def _speedup(record: _Record, form: _Format) -> float | None:
    """The ratio of the first two times that are there; None where none are."""
    for old, new in form.times:
        before, after = record.get(old), record.get(new)
        if isinstance(before, int | float) and isinstance(after, int | float) and before > 0 and after > 0:
            ratio = before / after
            if ratio < float("inf"):
                return ratio
    return None
