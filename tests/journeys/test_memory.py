"""The search itself, or the journey that finds nothing would prove nothing."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.journeys.memory import find_in_bytes, spellings

needles = st.binary(min_size=4, max_size=40)


@settings(max_examples=200, deadline=None)
@given(st.lists(needles, min_size=1, max_size=5), st.binary(max_size=60), st.binary(max_size=60))
@example([b"\0\0\0\0"], b"", b"")
@example([b"abcd", b"abcde"], b"x", b"e")
def test_what_is_there_is_found_and_nothing_else(wanted, before, after):
    named = {str(number): needle for number, needle in enumerate(wanted)}
    for piece in (before + wanted[0] + after, before + wanted[-1], wanted[0], before + after, after[:3]):
        assert find_in_bytes(piece, named) == {name for name, needle in named.items() if needle in piece}


def test_a_number_is_found_in_every_spelling():
    secret = 2**251 + 2**200 + 12345
    found = spellings("s", secret)
    assert found["s, decimal"] == str(secret).encode()
    assert found["s, hex"] == f"{secret:064x}".encode()
    assert found["s, little-endian"][::-1] == found["s, big-endian"] == secret.to_bytes(32, "big")
    assert bytes.fromhex(found["s, hex reversed"].decode()) == found["s, little-endian"]
    assert len(found) == 6
