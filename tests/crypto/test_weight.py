import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import compact_json, read_json
from crypto.errors import MalformedError
from crypto.group import ORDER
from crypto.weight import decode_weight, encode_weight


@settings(max_examples=60, deadline=None)
@given(st.integers(0, ORDER - 1) | st.integers(2**30 - 3, 2**30 + 3))
def test_a_weight_is_written_and_read(weight: int) -> None:
    value = read_json(compact_json(encode_weight(weight)), "weight")
    assert decode_weight(value, "weight") == weight
    assert isinstance(value, str) == (weight >= 2**30)


def test_the_string_begins_where_the_protocol_says() -> None:
    assert [encode_weight(weight) for weight in (0, 1073741823, 1073741824)] == [0, 1073741823, "1073741824"]


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        -1,
        1073741824,
        10**30,
        "0",
        "1",
        "1073741823",
        "01073741824",
        "-1073741824",
        "",
        str(ORDER),
        [1],
    ],
)
def test_another_spelling_is_refused(value: object) -> None:
    with pytest.raises(MalformedError, match=r"^result 1: "):
        decode_weight(value, "result 1")
