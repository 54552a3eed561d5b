import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from vote.credential.letter_number import write_letter_number
from vote.credential.statement import (
    Destroyed,
    Reissued,
    Why,
    decode_destroyed,
    decode_reissued,
    encode_destroyed,
    encode_reissued,
)

UUID = "DQB53CqA1UtMwz"
REISSUED = {"election": UUID, "entitlement": 17, "letter_number": "04HM-ASW9", "version": 1, "why": "sale"}
DESTROYED = {"election": UUID, "letters_sha256": "ab" * 32, "version": 1}


def spelled(document):
    return json.dumps(document, separators=(",", ":")).encode()


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 10**6), st.binary(min_size=5, max_size=5), st.sampled_from(Why))
def test_a_reissued_letter_is_read_as_it_was_written(entitlement, drawn, why):
    said = Reissued(UUID, entitlement, write_letter_number(drawn), why)
    assert decode_reissued(encode_reissued(said)) == said


def test_both_documents_are_the_json_that_is_agreed():
    assert decode_reissued(spelled(REISSUED)) == Reissued(UUID, 17, "04HM-ASW9", Why.SALE)
    assert decode_destroyed(spelled(DESTROYED)) == Destroyed(UUID, "ab" * 32)
    assert encode_reissued(Reissued(UUID, 17, "04HM-ASW9", Why.SALE)) == spelled(REISSUED)
    assert encode_destroyed(Destroyed(UUID, "ab" * 32)) == spelled(DESTROYED)


@pytest.mark.parametrize(
    "change",
    [
        {"election": "x"}, {"entitlement": 0}, {"entitlement": "17"}, {"letter_number": "04hm-asw9"}, {"version": 2},
        {"why": "gift"}, {"why": None}, {"more": 1},
    ],
)  # fmt: skip
def test_a_changed_reissued_letter_is_refused(change):
    with pytest.raises(MalformedError):
        decode_reissued(spelled({**REISSUED, **change}))


@pytest.mark.parametrize("change", [{"election": "x"}, {"letters_sha256": "AB" * 32}, {"version": 2}, {"more": 1}])
def test_a_changed_statement_is_refused(change):
    with pytest.raises(MalformedError):
        decode_destroyed(spelled({**DESTROYED, **change}))


def test_another_spelling_is_refused():
    for decode, document in ((decode_reissued, REISSUED), (decode_destroyed, DESTROYED)):
        with pytest.raises(MalformedError, match="spelling"):
            decode(json.dumps(document).encode())
