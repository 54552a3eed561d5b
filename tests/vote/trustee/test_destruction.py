"""A trustee's word that the own key is destroyed: nobody else can give it."""

import json

import pytest

from crypto.errors import MalformedError, VerificationError
from crypto.group import multiply_base
from tests.strategies import seeded
from vote.trustee.destruction import (
    Destruction,
    declare_destroyed,
    decode_destruction,
    encode_destruction,
    verify_destroyed,
)

UUID, FINGERPRINT = "DQB53CqA1UtMwz", "F" * 43
WORD = declare_destroyed(UUID, FINGERPRINT, 2, 7, seeded(1))


def test_the_word_is_given_with_the_key_and_read_back():
    verify_destroyed(decode_destruction(encode_destruction(WORD)), multiply_base(7))


def test_with_another_key_it_is_nobodys_word():
    with pytest.raises(VerificationError, match="does not hold"):
        verify_destroyed(WORD, multiply_base(8))


@pytest.mark.parametrize(
    "other",
    [
        Destruction("DQB53CqA1UtMwy", FINGERPRINT, 2, WORD.proof),
        Destruction(UUID, "G" * 43, 2, WORD.proof),
        Destruction(UUID, FINGERPRINT, 3, WORD.proof),
    ],
)
def test_it_is_about_one_election_and_one_trustee(other):
    with pytest.raises(VerificationError, match="does not hold"):
        verify_destroyed(other, multiply_base(7))


@pytest.mark.parametrize("name", ["version", "election", "fingerprint", "trustee", "proof"])
def test_every_field_is_needed(name):
    fields = json.loads(encode_destruction(WORD))
    del fields[name]
    with pytest.raises(MalformedError, match=name):
        decode_destruction(json.dumps(fields).encode())


@pytest.mark.parametrize("change", [{"version": 0}, {"trustee": 0}, {"election": "0"}, {"proof": {}}])
def test_what_is_no_such_word_is_refused(change):
    fields = {**json.loads(encode_destruction(WORD)), **change}
    with pytest.raises(MalformedError):
        decode_destruction(json.dumps(fields).encode())
