"""Twelve characters stand for 16 bytes, and for nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.ceremony_board import Board
from crypto.characters import (
    character_list,
    derive_coefficients,
    derive_state,
    new_characters,
    read_characters,
    write_characters,
)
from crypto.errors import MalformedError, ThresholdError
from tests.strategies import seeded

LIST_SHA256 = "a58293a35284a9be48a2b2beff4e9cf3361f5e471210a676e9aafad0d07c796a"


def test_the_list_holds_2048_characters_once_and_never_changes() -> None:
    characters = character_list()
    assert len(characters) == len(set(characters)) == 2048
    assert hashlib.sha256(characters.encode()).hexdigest() == LIST_SHA256
    assert all("\u4e00" <= each <= "\u9fff" for each in characters)


@given(st.binary(min_size=16, max_size=16))
def test_what_is_written_is_read_back(seed: bytes) -> None:
    characters = write_characters(seed)
    assert len(characters) == 12
    assert read_characters(f" {characters[:5]}\u3000{characters[5:]}\n") == seed


def test_zeros_are_the_first_character_but_for_the_check() -> None:
    """By hand: 121 zero bits, then 7 zero bits and the first four bits of the digest."""
    check = int(hashlib.sha256(b"shanzhi characters 1\n" + bytes(16)).hexdigest()[0], 16)
    assert write_characters(bytes(16)) == character_list()[0] * 11 + character_list()[check]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "0 were given"),
        ("啊" * 13, "13 were given"),
        ("A" + "啊" * 11, "character 1 is none"),
        ("啊" * 11 + "𠮷", "character 12 is none"),
    ],
)
def test_what_is_no_card_is_refused(typed: str, words: str) -> None:
    with pytest.raises(MalformedError, match=words):
        read_characters(typed)


def test_fifteen_of_sixteen_mistakes_are_noticed() -> None:
    right, known = new_characters(seeded(3)), character_list()
    wrong = []
    for number in range(320):
        place = number % 12
        other = known[(known.index(right[place]) + number + 1) % 2048]
        wrong.append(right[:place] + other + right[place + 1 :])
    noticed = [each for each in wrong if not is_card(each)]
    assert len(noticed) > 280


def is_card(typed: str) -> bool:
    try:
        read_characters(typed)
    except MalformedError:
        return False
    return True


def test_every_place_has_keys_of_its_own() -> None:
    made = {
        derive_state(bytes(16), index=index, size=size, threshold=2, name="甲", context=context).signing_secret
        for index in (1, 2)
        for size in (2, 3)
        for context in ("one", "two")
    }
    assert len(made) == 8


def test_a_polynomial_waits_for_all_certificates() -> None:
    state = derive_state(bytes(16), index=1, size=2, threshold=2, name="甲", context="one")
    with pytest.raises(ThresholdError):
        derive_coefficients(bytes(16), state, Board("one", 2, 2))
