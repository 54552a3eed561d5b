import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from vote.trustee.handed_share import HandedShare, decode_handed_share, encode_handed_share

GOOD = {"election": "DQB53CqA1UtMwz", "trustee": 2, "payload": '{"a":1}', "extra_proof": "{}"}
documents = st.text(st.characters(codec="utf-8"), max_size=40).map(str.encode)


@settings(max_examples=50, deadline=None)
@given(st.builds(HandedShare, st.just("DQB53CqA1UtMwz"), st.integers(1, 64), documents, documents))
def test_a_share_is_read_as_it_was_written(share):
    assert decode_handed_share(encode_handed_share(share)) == share


def test_the_documents_lie_in_it_as_text():
    assert decode_handed_share(json.dumps(GOOD).encode()) == HandedShare("DQB53CqA1UtMwz", 2, b'{"a":1}', b"{}")


@pytest.mark.parametrize(
    ("field", "value"),
    [("election", ""), ("trustee", 0), ("trustee", "1"), ("payload", {}), ("extra_proof", None), ("more", 1)],
)
def test_a_changed_field_is_refused(field, value):
    with pytest.raises(MalformedError):
        decode_handed_share(json.dumps({**GOOD, field: value}).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_other_bytes_are_refused(data):
    with pytest.raises(MalformedError):
        decode_handed_share(data)
