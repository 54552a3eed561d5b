import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.envelope import keyed_digest
from vote.credential.letter_number import (
    digest_letter_number,
    generate_letter_number,
    read_letter_number,
    write_letter_number,
)
from vote.errors import Reason, RefusedError

# Crockford, "Base 32": symbol values 0-31, and what each decodes from.
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
drawn = st.binary(min_size=5, max_size=5)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0, "0000-0000"),
        (1, "0000-0001"),
        (31, "0000-000Z"),
        (32, "0000-0010"),
        (2**40 - 1, "ZZZZ-ZZZZ"),
        (2**39, "G000-0000"),
    ],
)
def test_forty_bits_are_eight_symbols(value, number):
    assert write_letter_number(value.to_bytes(5, "big")) == number


@settings(max_examples=200, deadline=None)
@given(drawn)
def test_a_number_says_what_was_drawn(bits):
    number = generate_letter_number(lambda length: bits[:length])
    assert len(number) == 9
    assert number[4] == "-"
    value = 0
    for symbol in number.replace("-", ""):
        value = value * 32 + SYMBOLS.index(symbol)
    assert value == int.from_bytes(bits, "big")
    assert read_letter_number(number) == number


@settings(max_examples=200, deadline=None)
@given(drawn, st.data())
def test_a_number_is_read_as_people_type_it(bits, data):
    number = write_letter_number(bits)
    typed = ""
    for symbol in number.replace("-", ""):
        alike = {"0": "0Oo０Ｏ", "1": "1IiLl１"}.get(symbol, symbol + symbol.lower() + chr(ord(symbol) + 0xFEE0))
        between = data.draw(st.sampled_from(["", " ", "-", "－", "—", "−", "\u200b", "\u3000"]))
        typed += data.draw(st.sampled_from(alike)) + between
    assert read_letter_number(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "04HM-ASW",
        "04HM-ASW99",
        "04HM-ASWU",
        "04HM-ASW*",
        "04HM+ASW9",
        "零4HM-ASW9",
        "04HM-ASW٣",
        "3幢2单元501室",
        "9" * 9000,
    ],
)
def test_what_is_no_number_is_refused_and_not_repeated(typed):
    with pytest.raises(RefusedError) as no:
        read_letter_number(typed)
    assert no.value.reason is Reason.MALFORMED
    assert "04HM" not in no.value.detail
    assert "补一封" in no.value.detail


def test_the_server_keeps_a_keyed_digest_for_one_election():
    kept = digest_letter_number(b"k" * 32, "DQB53CqA1UtMwz", "04HM-ASW9")
    assert kept == keyed_digest(b"k" * 32, "letter-number", "DQB53CqA1UtMwz/04HM-ASW9").hex()
    assert kept != digest_letter_number(b"l" * 32, "DQB53CqA1UtMwz", "04HM-ASW9")
    assert kept != digest_letter_number(b"k" * 32, "EQB53CqA1UtMwz", "04HM-ASW9")
