import base64
import hashlib
import json
import pickle
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import compact_json
from crypto.errors import MalformedError, VerificationError
from crypto.group import FIELD, IDENTITY, ORDER, encode_point, multiply_base
from crypto.opening import ProvedFactor
from crypto.opening_list import (
    OpeningList,
    cut,
    decode_opening_list,
    effective_digest,
    encode_opening_list,
    make_opening_list,
    verify_opening_list,
)
from crypto.proof import Proof
from crypto.question import Question
from tests.crypto import edwards
from tests.crypto.elections import election_of
from tests.crypto.named_election import CEREMONY, COUNTED, ELECTION, LISTS, TRUSTEES
from tests.strategies import scalars, seeded

OWNER = 2
LIST = LISTS[OWNER]
DATA = encode_opening_list(LIST)
TRACKERS = [ballot.tracker for ballot in COUNTED]


def elsewhere(function: Callable[[Any], Any], values: Iterable[Any]) -> list[Any]:
    """Map as an executor of processes does: everything is copied there and back."""
    function = pickle.loads(pickle.dumps(function))
    return [pickle.loads(pickle.dumps(function(pickle.loads(pickle.dumps(value))))) for value in values]


def test_every_trustees_list_holds_written_and_read() -> None:
    for openings in LISTS.values():
        again = decode_opening_list(encode_opening_list(openings), ELECTION)
        assert again == openings
        verify_opening_list(ELECTION, TRUSTEES, COUNTED, again)
        verify_opening_list(ELECTION, TRUSTEES, COUNTED, again, elsewhere)


def test_the_digest_is_over_the_trackers_in_order() -> None:
    text = "[" + ",".join(f'"{tracker}"' for tracker in TRACKERS) + "]"
    assert LIST.ballots == effective_digest(TRACKERS) == hashlib.sha256(text.encode()).hexdigest()
    assert effective_digest(TRACKERS[::-1]) != LIST.ballots
    assert effective_digest([]) == hashlib.sha256(b"[]").hexdigest()


def test_the_document_is_what_the_specification_says() -> None:
    """Its first proof is checked in plain integers."""
    document = json.loads(DATA)
    assert rfc8785.dumps(document) == DATA
    assert sorted(document) == ["ballots", "election", "openings", "owner", "version"]
    assert (document["election"], document["owner"], document["version"]) == (ELECTION.fingerprint, 2, 1)
    raw = base64.b64decode(document["openings"][0])
    assert len(document["openings"][0]) == 2 * 128
    assert len(raw) == 2 * 96
    power = edwards.to_hex(edwards.from_hex(raw[96:128][::-1].hex()))
    challenge, response = (int.from_bytes(raw[place : place + 32], "little") for place in (128, 160))
    choices = [COUNTED[0].row[place : place + 32][::-1].hex() for place in range(12 * 64, 15 * 64, 64)]
    alpha = edwards.NEUTRAL
    for place, choice in enumerate(choices):
        alpha = edwards.plus(alpha, edwards.times(edwards.from_hex(choice), 2**place))
    base = edwards.to_hex(alpha)
    public = encode_point(TRUSTEES.verification_key(OWNER))
    prefix = f"shanzhi opening 1|{ELECTION.fingerprint}|2|{public}|{TRACKERS[0]}|2|{base},{power}|"
    assert edwards.equal(prefix, public, base, power, challenge, response)


def test_a_list_grows_by_128_characters_a_chunk() -> None:
    """So 3,300 ballots of two chunks take 855 kB."""
    one, two = (len(encode_opening_list(replace(LIST, openings=LIST.openings[:count]))) for count in (1, 2))
    assert two - one == 2 * 128 + 3
    assert round((one + 3299 * (two - one)) / 1000) == 855


PROVED = st.builds(
    lambda scalar, challenge, response: ProvedFactor(multiply_base(scalar), Proof(challenge, response)),
    scalars,
    scalars,
    scalars,
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(PROVED, PROVED), max_size=4), st.integers(1, 64), st.binary(max_size=3))
def test_what_is_written_is_read(openings: list[tuple[ProvedFactor, ...]], owner: int, ballots: bytes) -> None:
    written = OpeningList(ELECTION.fingerprint, owner, hashlib.sha256(ballots).hexdigest(), tuple(openings))
    assert decode_opening_list(encode_opening_list(written), ELECTION) == written


def _spoilt(place: int, data: bytes) -> Callable[[dict[str, Any]], None]:
    def change(value: dict[str, Any]) -> None:
        raw = base64.b64decode(value["openings"][1])
        value["openings"][1] = base64.b64encode(raw[:place] + data + raw[place + len(data) :]).decode()

    return change


CHANGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda value: value.update(version=2), ": only version 1 is known"),
    (lambda value: value.update(version=True), ", version: a whole number"),
    (lambda value: value.update(note=1), ": unknown field 'note'"),
    (lambda value: value.pop("owner"), ": field owner is missing"),
    (lambda value: value.update(owner=0), ", owner: a whole number from 1"),
    (lambda value: value.update(ballots="x"), ", ballots: 64 lowercase hex digits"),
    (lambda value: value.update(openings={}), ", openings: a list is expected"),
    (lambda value: value["openings"].insert(1, None), ", ballot 2: standard Base64 is expected"),
    (lambda value: value["openings"].insert(1, "%" * 256), ", ballot 2: standard Base64 is expected"),
    (lambda value: value["openings"].insert(1, "甲" * 256), ", ballot 2: standard Base64 is expected"),
    (lambda value: value["openings"].insert(1, "A" * 255), ", ballot 2: standard Base64 is expected"),
    (lambda value: value["openings"].insert(1, "A" * 255 + "="), ", ballot 2: 192 bytes are expected, there are 191"),
    (lambda value: value["openings"].insert(1, "A" * 128), ", ballot 2: 192 bytes are expected, there are 96"),
    (_spoilt(0, FIELD.to_bytes(32, "little")), ", ballot 2, chunk 1, factor: the coordinate is not below p"),
    (_spoilt(128, ORDER.to_bytes(32, "little")), ", ballot 2, chunk 2, proof: a number is not below the order"),
    (_spoilt(160, b"\xff" * 32), ", ballot 2, chunk 2, proof: a number is not below the order"),
]


@pytest.mark.parametrize(("change", "sentence"), CHANGES)
def test_what_is_no_list_is_refused_and_the_place_named(
    change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    value = json.loads(DATA)
    change(value)
    with pytest.raises(MalformedError) as refusal:
        decode_opening_list(compact_json(value), ELECTION)
    assert str(refusal.value).startswith(f"the opening list{sentence}")


@pytest.mark.parametrize(
    "data", [DATA + b"\n", DATA.replace(b":", b": ", 1), compact_json({"version": 1} | json.loads(DATA))]
)
def test_another_spelling_is_refused(data: bytes) -> None:
    assert json.loads(data) == json.loads(DATA)
    with pytest.raises(MalformedError, match="not in canonical spelling"):
        decode_opening_list(data, ELECTION)


def test_a_list_of_another_election_is_refused() -> None:
    other = election_of(*ELECTION.questions, name="another")
    with pytest.raises(VerificationError, match="it was made for another election"):
        decode_opening_list(DATA, other)
    with pytest.raises(
        VerificationError, match=r"^the opening list of trustee 2 \(社区乙\): it was made for another ele"
    ):
        verify_opening_list(other, TRUSTEES, COUNTED, LIST)


def _replaced(ballot: int, chunk: int, **changes: Any) -> OpeningList:
    """Return the list with something of one chunk changed; both are counted from 1."""
    openings = [list(opening) for opening in LIST.openings]
    openings[ballot - 1][chunk - 1] = openings[ballot - 1][chunk - 1]._replace(**changes)
    return replace(LIST, openings=tuple(map(tuple, openings)))


def _swapped() -> OpeningList:
    return replace(LIST, openings=(*LIST.openings[:2], LIST.openings[2][::-1], *LIST.openings[3:]))


PROOF = LIST.openings[2][0].proof


@pytest.mark.parametrize(
    ("openings", "place"),
    [
        (_replaced(3, 1, proof=PROOF._replace(response=(PROOF.response + 1) % ORDER)), "ballot 3: chunk 1"),
        (_replaced(3, 1, proof=PROOF._replace(challenge=PROOF.challenge ^ 1)), "ballot 3: chunk 1"),
        (_replaced(3, 2, proof=PROOF), "ballot 3: chunk 2"),
        (_replaced(5, 2, factor=LISTS[1].openings[4][1].factor), "ballot 5: chunk 2"),
        (_replaced(1, 1, factor=LIST.openings[1][0].factor), "ballot 1: chunk 1"),
        (_replaced(4, 1, factor=IDENTITY), "ballot 4: chunk 1"),
        (_swapped(), "ballot 3: chunk 1"),
        (replace(LIST, openings=(*LIST.openings[:3], *LIST.openings[4:2:-1])), "ballot 4: chunk 1"),
        (replace(LIST, openings=LISTS[1].openings), "ballot 1: chunk 1"),
    ],
)
@pytest.mark.parametrize("run", [map, elsewhere])
def test_a_false_opening_is_refused_and_its_place_named(openings: OpeningList, place: str, run: Any) -> None:
    read = decode_opening_list(encode_opening_list(openings), ELECTION)
    with pytest.raises(VerificationError, match=rf"^the opening list of trustee 2 \(社区乙\): {place}: the proof that"):
        verify_opening_list(ELECTION, TRUSTEES, COUNTED, read, run)


def test_one_trustees_list_is_not_anothers() -> None:
    with pytest.raises(
        VerificationError, match=r"^the opening list of trustee 1 \(业主甲\): ballot 1: chunk 1: the proof"
    ):
        verify_opening_list(ELECTION, TRUSTEES, COUNTED, replace(LIST, owner=1))
    with pytest.raises(MalformedError, match="there is no trustee 4, only 1 to 3"):
        verify_opening_list(ELECTION, TRUSTEES, COUNTED, replace(LIST, owner=4))


@pytest.mark.parametrize(
    "ballots",
    [COUNTED[::-1], COUNTED[:-1], (*COUNTED, COUNTED[0]), (COUNTED[0]._replace(tracker="x" * 43), *COUNTED[1:]), ()],
)
def test_a_list_is_of_exactly_the_ballots_that_count_in_order(ballots: Any) -> None:
    with pytest.raises(VerificationError, match="it was made for other ballots than those that count, or in another"):
        verify_opening_list(ELECTION, TRUSTEES, ballots, LIST)


def test_a_list_that_claims_other_ballots_than_it_opens_is_refused() -> None:
    for openings, count in ((LIST.openings[:-1], 4), ((*LIST.openings, LIST.openings[0]), 6)):
        with pytest.raises(VerificationError, match=f"it opens {count} ballots, but 5 count"):
            verify_opening_list(ELECTION, TRUSTEES, COUNTED, replace(LIST, openings=openings))
    others = (COUNTED[0]._replace(tracker="x" * 43), *COUNTED[1:])
    claimed = replace(LIST, ballots=effective_digest(ballot.tracker for ballot in others))
    with pytest.raises(VerificationError, match="ballot 1: chunk 1: the proof that both powers"):
        verify_opening_list(ELECTION, TRUSTEES, others, claimed)


def test_a_list_is_made_in_other_processes() -> None:
    made = make_opening_list(ELECTION, OWNER, CEREMONY.secret(OWNER), COUNTED, secrets.token_bytes, elsewhere)
    verify_opening_list(ELECTION, TRUSTEES, COUNTED, made)
    assert made.openings[0][0].factor == LIST.openings[0][0].factor
    assert made.openings[0][0].proof != LIST.openings[0][0].proof


def test_no_two_proofs_of_a_list_share_their_nonce() -> None:
    """A repeated one would give the trustee's key away."""
    secret = CEREMONY.secret(OWNER)
    proofs = [each.proof for opening in LIST.openings for each in opening]
    assert len({(proof.response + secret * proof.challenge) % ORDER for proof in proofs}) == len(proofs) == 10


def test_where_no_ballot_counts_the_list_is_empty() -> None:
    empty = make_opening_list(ELECTION, OWNER, CEREMONY.secret(OWNER), [], seeded(1))
    assert empty.openings == ()
    verify_opening_list(ELECTION, TRUSTEES, [], decode_opening_list(encode_opening_list(empty), ELECTION))


def test_the_number_of_chunks_is_that_of_the_election() -> None:
    short = election_of(Question("?", ("a",), 0, 1, blank=False))
    document = compact_json(json.loads(DATA) | {"election": short.fingerprint})
    with pytest.raises(MalformedError, match="ballot 1: 96 bytes are expected, there are 192"):
        decode_opening_list(document, short)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(), max_size=9), st.integers(1, 4))
def test_slices_hold_everything_in_order(values: list[int], size: int) -> None:
    slices = list(cut(values, size))
    assert [value for _, part in slices for value in part] == values
    assert [first for first, _ in slices] == list(range(1, len(values) + 1, size))
