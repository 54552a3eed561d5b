import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import require_whole
from crypto.errors import MalformedError
from vote.certificate.record import (
    MAX_LINE,
    MAX_PROSE,
    day,
    decode_record,
    encode_record,
    every,
    line,
    optional,
    part,
    prose,
    reads,
    record,
    spell_prose,
    word,
)
from vote.election.terms import decode_moment


@record
class Inner:
    name: str = reads(line)


@record
class Outer:
    number: int = reads(require_whole)
    kind: str = reads(word("a", "b"))
    maybe: str | None = reads(optional(line))
    inner: Inner = reads(part(Inner))
    many: tuple[Inner, ...] = reads(every(part(Inner)))
    on: date = reads(day)
    at: datetime = reads(decode_moment)
    said: str = reads(prose)


OUTER = Outer(
    number=3,
    kind="b",
    maybe=None,
    inner=Inner(name="甲"),
    many=(Inner(name="乙"), Inner(name="丙")),
    on=date(2026, 12, 20),
    at=datetime(2026, 12, 20, 10, tzinfo=UTC),
    said="一\n二",
)
WRITTEN = {
    "number": 3,
    "kind": "b",
    "maybe": None,
    "inner": {"name": "甲"},
    "many": [{"name": "乙"}, {"name": "丙"}],
    "on": "2026-12-20",
    "at": "2026-12-20T10:00:00Z",
    "said": "一\n二",
}


def test_a_record_is_written_field_by_field_and_read_again():
    assert encode_record(OUTER) == WRITTEN
    assert decode_record(Outer, json.loads(json.dumps(WRITTEN)), "outer") == OUTER


def test_a_record_cannot_be_changed_and_needs_every_field():
    with pytest.raises(AttributeError):
        OUTER.number = 4
    with pytest.raises(TypeError):
        Inner()
    with pytest.raises(TypeError):
        Inner("甲")


@pytest.mark.parametrize("name", list(WRITTEN))
def test_a_missing_or_unknown_field_is_refused(name):
    fewer = {key: value for key, value in WRITTEN.items() if key != name}
    with pytest.raises(MalformedError, match=f"outer: field {name} is missing"):
        decode_record(Outer, fewer, "outer")
    with pytest.raises(MalformedError, match="unknown field"):
        decode_record(Outer, {**WRITTEN, f"{name}x": 1}, "outer")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("number", -1, "outer, number: a whole number"),
        ("number", True, "outer, number: a whole number"),
        ("kind", "c", "outer, kind: one of a, b is expected"),
        ("kind", ["a"], "outer, kind: one of a, b is expected"),
        ("maybe", "", "outer, maybe: one line"),
        ("inner", None, "outer, inner: an object"),
        ("inner", {"name": 1}, "outer, inner, name: a text"),
        ("many", {}, "outer, many: a list"),
        ("many", [{"name": "a"}, {"name": " a"}], "outer, many 2, name: one line"),
        ("on", "2026-12-32", "outer, on: a day"),
        ("on", "20261220", "outer, on: a day"),
        ("on", 20261220, "outer, on: a text"),
        ("at", "2026-12-20", "outer, at: a moment"),
        ("said", "一\n\n二", "outer, said: lines"),
        ("said", " 一", "outer, said: lines"),
        ("said", "一\x07", "outer, said: lines"),
        ("said", "", "outer, said: lines"),
        ("said", "一" * (MAX_PROSE + 1), "outer, said: lines"),
        ("said", "一\r\n二", "outer, said: lines"),
    ],
)
def test_a_field_of_another_kind_is_refused_by_name(name, value, said):
    with pytest.raises(MalformedError, match=said):
        decode_record(Outer, {**WRITTEN, name: value}, "outer")


@pytest.mark.parametrize("text", ["", " ", "a ", " a", "a\nb", "a\tb", "\u202e", "甲" * (MAX_LINE + 1)])
def test_a_line_is_one_line_without_outer_blanks(text):
    with pytest.raises(MalformedError, match="one line"):
        line(text, "it")


def test_the_longest_line_and_the_longest_prose_are_read():
    assert line("甲" * MAX_LINE, "it") == "甲" * MAX_LINE
    assert prose("甲" * MAX_PROSE, "it") == "甲" * MAX_PROSE


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "Cc"]), max_size=30))
@settings(max_examples=60, deadline=None)
def test_what_somebody_wrote_becomes_prose_or_is_refused(text):
    spelt = spell_prose(text)
    try:
        assert prose(spelt, "it") == spelt
    except MalformedError:
        assert not spelt or not spelt.replace("\n", "").isprintable()


def test_blank_lines_and_outer_blanks_go():
    assert spell_prose("  一 \r\n\r\n　二\n") == "一\n二"


def test_a_mapping_is_written_with_its_values():
    assert encode_record({"a": (date(2026, 1, 2), Inner(name="甲"))}) == {"a": ["2026-01-02", {"name": "甲"}]}
