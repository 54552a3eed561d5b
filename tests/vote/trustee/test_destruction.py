"""A trustee's word that the own key is destroyed: nobody else can give it."""

import dataclasses
import json

import pytest

from crypto.archive_reader import read_archive
from crypto.errors import MalformedError, VerificationError
from crypto.group import multiply_base
from tests.strategies import seeded
from tests.vote.trustee.elections import OTHER_UUID, UUID, SmallElection, ceremony, trustees_json
from vote.errors import RefusedError
from vote.trustee.destruction import (
    Destruction,
    declare_destroyed,
    decode_destruction,
    destroy_own,
    encode_destruction,
    verify_destroyed,
)
from vote.trustee.memory import Memory

FINGERPRINT = "F" * 43
WORD = declare_destroyed(UUID, FINGERPRINT, 2, 7, seeded(1))


def test_the_word_is_given_with_the_key_and_read_back():
    verify_destroyed(decode_destruction(encode_destruction(WORD)), multiply_base(7))


def test_with_another_key_it_is_nobodys_word():
    with pytest.raises(VerificationError, match="does not hold"):
        verify_destroyed(WORD, multiply_base(8))


def test_whoever_holds_the_key_of_an_election_gives_the_word_about_it():
    archive = read_archive(SmallElection(trustees_json()).begun()[1])
    word = destroy_own(Memory(ceremony().states[2]), archive, seeded(1))
    assert (word.election, word.trustee) == (UUID, 2)
    verify_destroyed(word, multiply_base(ceremony().secret(2)))


def test_no_word_is_given_about_another_election_or_another_key():
    memory = Memory(ceremony().states[2])
    others = dataclasses.replace(memory.state, decryption_secret=7)
    for known, election in (
        (memory, SmallElection(trustees_json(), uuid=OTHER_UUID)),
        (Memory(others), SmallElection(trustees_json())),
    ):
        with pytest.raises(RefusedError, match="another election than your key"):
            destroy_own(known, read_archive(election.begun()[1]), seeded(1))


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
