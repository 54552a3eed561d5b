import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from crypto.group import ORDER
from crypto.proof import Proof, decode_proof, encode_proof
from tests.strategies import scalars


@settings(max_examples=40, deadline=None)
@given(st.builds(Proof, scalars, scalars))
def test_a_proof_is_written_and_read(proof: Proof) -> None:
    assert decode_proof(encode_proof(proof), "proof") == proof


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        ["1", "2"],
        {"challenge": "1"},
        {"response": "1"},
        {"challenge": "1", "response": "1", "commitment": "1"},
        {"challenge": 1, "response": "1"},
        {"challenge": "1", "response": "01"},
        {"challenge": str(ORDER), "response": "1"},
        {"challenge": "1", "response": str(ORDER)},
        {"challenge": "-1", "response": "1"},
    ],
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(MalformedError, match=r"^the key's proof"):
        decode_proof(value, "the key's proof")
