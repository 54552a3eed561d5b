import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from vote.trustee.invitation import Invitation, decode_invitation, encode_invitation

GOOD = {"election": "DQB53CqA1UtMwz", "index": 2, "size": 3, "threshold": 2, "name": "社区乙"}
names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@st.composite
def invitations(draw: st.DrawFn) -> Invitation:
    size = draw(st.integers(1, 64))
    return Invitation(
        "DQB53CqA1UtMwz", draw(st.integers(1, size)), size, draw(st.integers(size // 2 + 1, size)), draw(names)
    )


@settings(max_examples=50, deadline=None)
@given(invitations())
def test_an_invitation_is_read_as_it_was_written(invitation):
    assert decode_invitation(encode_invitation(invitation)) == invitation


def test_an_invitation_is_the_json_that_staff_hand_out():
    assert decode_invitation(json.dumps(GOOD).encode()) == Invitation("DQB53CqA1UtMwz", 2, 3, 2, "社区乙")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("election", "short", "uuid"),
        ("election", 5, "uuid"),
        ("index", 0, "index"),
        ("index", True, "index"),
        ("index", 4, "there is no trustee 4, only 1 to 3"),
        ("size", 0, "size"),
        ("size", 65, "65 trustees"),
        ("threshold", 4, "a threshold of 4 does not go with 3 trustees"),
        ("threshold", "2", "threshold"),
        ("threshold", 1, "1 of 3 would let two groups open two totals"),
        ("size", 4, "2 of 4 would let two groups open two totals"),
        ("name", "", "name"),
        ("name", "a\nb", "name"),
        ("name", None, "name"),
        ("more", 1, "unknown field"),
    ],
)
def test_a_changed_field_is_refused(field, value, sentence):
    with pytest.raises(MalformedError, match=sentence):
        decode_invitation(json.dumps({**GOOD, field: value}).encode())


@pytest.mark.parametrize("field", GOOD)
def test_a_missing_field_is_refused(field):
    with pytest.raises(MalformedError, match=f"field {field} is missing"):
        decode_invitation(json.dumps({name: value for name, value in GOOD.items() if name != field}).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_other_bytes_are_refused(data):
    with pytest.raises(MalformedError):
        decode_invitation(data)
