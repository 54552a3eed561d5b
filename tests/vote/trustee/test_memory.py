import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.ceremony_state import TrusteeState
from crypto.election import decode_election
from crypto.elgamal import encrypt
from crypto.errors import MalformedError
from tests.strategies import secrets
from tests.vote.trustee.elections import SmallElection, ceremony, trustees_json
from vote.errors import Reason, RefusedError
from vote.trustee.memory import (
    Memory,
    decode_memory,
    encode_memory,
    own_secret,
    remember_opening,
    remember_trustees,
    require_opened,
)

digests = st.none() | st.text("0123456789abcdef", min_size=64, max_size=64)


@st.composite
def memories(draw: st.DrawFn) -> Memory:
    state = TrusteeState(
        "DQB53CqA1UtMwz",
        3,
        2,
        draw(st.integers(1, 3)),
        "业主甲",
        draw(secrets),
        draw(secrets),
        tuple(draw(st.lists(secrets, max_size=2))),
        tuple(draw(st.lists(digests.filter(bool), max_size=3))),
        draw(st.none() | secrets),
    )
    return Memory(state, draw(digests), draw(digests), draw(digests))


TRACKERS = "a" * 43, "b" * 43


@settings(max_examples=50, deadline=None)
@given(memories())
def test_a_memory_is_read_as_it_was_written(memory):
    assert decode_memory(encode_memory(memory)) == memory


@pytest.mark.parametrize(
    ("field", "value"), [("version", 2), ("state", None), ("trustees", 5), ("opened", []), ("counted", 0), ("more", 1)]
)
def test_a_changed_field_is_refused(field, value):
    good = json.loads(encode_memory(Memory(ceremony().states[1])))
    with pytest.raises(MalformedError):
        decode_memory(json.dumps({**good, field: value}).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_other_bytes_are_refused(data):
    with pytest.raises(MalformedError):
        decode_memory(data)


def test_a_printed_memory_shows_no_secret():
    state = ceremony().states[1]
    assert str(state.signing_secret) not in repr(Memory(state))
    assert str(state.decryption_secret) not in repr(Memory(state))


def test_the_checked_trustees_are_remembered_by_their_hash():
    # printf '[]' | sha256sum
    memory = remember_trustees(Memory(ceremony().states[1]), b"[]")
    assert memory.trustees == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"


def _tally(election, message):
    return ((encrypt(election.public_key, message, 5), encrypt(election.public_key, 0, 6)),)


def test_the_same_total_may_be_opened_again_and_another_may_not():
    election = decode_election(SmallElection(trustees_json()).election)
    memory = remember_opening(Memory(ceremony().states[1]), election, _tally(election, 3), TRACKERS)
    assert memory.opened is not None
    assert remember_opening(memory, election, _tally(election, 3), TRACKERS) == memory
    with pytest.raises(RefusedError, match="opened another total") as refusal:
        remember_opening(memory, election, _tally(election, 4), TRACKERS)
    assert refusal.value.reason is Reason.CONFLICT


def test_the_same_total_of_other_ballots_is_another_total():
    election = decode_election(SmallElection(trustees_json()).election)
    memory = remember_opening(Memory(ceremony().states[1]), election, _tally(election, 3), TRACKERS)
    for trackers in (TRACKERS[:1], TRACKERS[::-1], ("c" * 43, *TRACKERS[1:])):
        with pytest.raises(RefusedError, match="opened another total"):
            remember_opening(memory, election, _tally(election, 3), trackers)


def test_the_same_total_under_another_description_is_another_total():
    first = decode_election(SmallElection(trustees_json()).election)
    second = decode_election(SmallElection(trustees_json(), description="").election)
    memory = remember_opening(Memory(ceremony().states[1]), first, _tally(first, 3), TRACKERS)
    with pytest.raises(RefusedError, match="opened another total"):
        remember_opening(memory, second, _tally(first, 3), TRACKERS)


def test_it_is_known_which_ballots_were_opened_and_of_which_election():
    first = decode_election(SmallElection(trustees_json()).election)
    second = decode_election(SmallElection(trustees_json(), description="").election)
    memory = Memory(ceremony().states[1])
    opened = remember_opening(memory, first, _tally(first, 3), TRACKERS)
    require_opened(opened, first, TRACKERS)
    for known, election, trackers in ((memory, first, TRACKERS), (opened, second, TRACKERS), (opened, first, ())):
        with pytest.raises(RefusedError, match="not the ballots whose total you opened"):
            require_opened(known, election, trackers)


def test_an_unfinished_key_opens_nothing():
    unfinished = Memory(dataclasses.replace(ceremony().states[1], decryption_secret=None))
    with pytest.raises(RefusedError, match="not finished"):
        own_secret(unfinished)
