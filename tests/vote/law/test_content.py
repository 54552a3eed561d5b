import json

import pytest

from crypto.errors import MalformedError
from vote.law import content
from vote.law.content import Kind
from vote.law.measure import Period, Share

RECORD = content.record(within=content.optional(content.period), to=content.words("A", "B"))


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (content.whole, 7, 7),
        (content.flag, True, True),
        (content.share, ">=2/3", Share(2, 3)),
        (content.period, "P5WD", Period(5, "WD")),
        (content.day_of_year, "03-31", "03-31"),
        (content.word("A", "B"), "B", "B"),
        (content.words("A", "B"), ["B", "A"], ("B", "A")),
        (content.every(content.whole), [1, 1], (1, 1)),
        (content.optional(content.whole), None, None),
        (content.optional(content.whole), 3, 3),
        (content.always("why"), True, True),
        (content.never("why"), False, False),
        (RECORD, {"within": "P3D", "to": ["A"]}, {"within": Period(3, "D"), "to": ("A",)}),
        (RECORD, {"within": None, "to": []}, {"within": None, "to": ()}),
    ],
)
def test_a_value_is_written_as_it_was_read(kind: Kind, written: object, value: object) -> None:
    read = kind(written, "here")
    assert read == value
    assert json.dumps(content.encode(read)) == json.dumps(written)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (content.whole, -1),
        (content.whole, 10**9 + 1),
        (content.whole, True),
        (content.whole, "7"),
        (content.flag, 1),
        (content.flag, "true"),
        (content.day_of_year, "3-31"),
        (content.day_of_year, "13-01"),
        (content.day_of_year, 331),
        (content.word("A", "B"), "C"),
        (content.word("A", "B"), ["A"]),
        (content.words("A", "B"), ["A", "A"]),
        (content.words("A", "B"), "A"),
        (content.every(content.whole), [1, "1"]),
        (content.always("why"), False),
        (content.always("why"), 1),
        (content.never("why"), True),
        (RECORD, {"within": None}),
        (RECORD, {"within": None, "to": [], "by": 1}),
        (RECORD, []),
    ],
)
def test_any_other_value_is_refused(kind: Kind, written: object) -> None:
    with pytest.raises(MalformedError):
        kind(written, "here")


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(MalformedError, match=r"^filing\.within: "):
        RECORD({"within": "3 days", "to": []}, "filing")
