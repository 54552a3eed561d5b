import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.archive_reader import read_archive
from crypto.audit import audit_setup
from crypto.encoding import compact_json, hex_digest, read_json
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.group import (
    IDENTITY,
    ORDER,
    decode_point,
    encode_point,
    hash_to_scalar,
    multiply,
    multiply_base,
)
from crypto.share import decode_share, make_extra_proof, make_share, verify_extra_proof, verify_share
from crypto.tally import decode_tally
from tests.crypto.archives import BY_TOOL, VECTORS, load
from tests.crypto.whole_election import VECTOR
from tests.strategies import SMALL_ORDER, seeded

ELECTION = VECTOR.setup.election
TALLY = VECTOR.total.tally
OWNER = 2
SECRET = VECTOR.ceremony.secret(OWNER)
KEY = multiply_base(SECRET)
SHARE = VECTOR.share(OWNER)
EXTRA = make_extra_proof(ELECTION, OWNER, SECRET, TALLY, SHARE, seeded(8))


def test_the_shares_of_the_foreign_tool_hold() -> None:
    archive = read_archive(load(BY_TOOL))
    setup = audit_setup(archive.setup)
    assert archive.encrypted_tally is not None
    tally = decode_tally(archive.encrypted_tally.tally, setup.election)
    for share in archive.shares:
        key = setup.trustees.verification_key(share.owner)
        assert [len(row) for row in verify_share(setup.election, key, tally, share.payload)] == [5, 3]
        for other in {1, 2, 3, 4} - {share.owner}:
            with pytest.raises(VerificationError):
                verify_share(setup.election, setup.trustees.verification_key(other), tally, share.payload)


def test_the_foreign_trustees_key_gives_the_foreign_factors() -> None:
    secret = int(json.loads((VECTORS / "by-tool-ed25519/mandatory_trustee.privkey").read_text()))
    archive = read_archive(load(BY_TOOL))
    election = audit_setup(archive.setup).election
    assert archive.encrypted_tally is not None
    share = make_share(election, secret, decode_tally(archive.encrypted_tally.tally, election), seeded(1))
    assert decode_share(election, share).factors == decode_share(election, archive.shares[0].payload).factors


def test_an_honest_share_holds_with_both_proofs() -> None:
    factors = verify_share(ELECTION, KEY, TALLY, SHARE)
    assert factors == tuple(tuple(multiply(each.alpha, SECRET) for each in row) for row in TALLY)
    verify_extra_proof(ELECTION, OWNER, KEY, TALLY, SHARE, EXTRA)


def _false_factor(share: bytes) -> bytes:
    """Replace the first factor by one that its maker, who knows the secret, proves by the rules of protocol 1.

    Any commitments are hashed first; the factor is computed afterwards so that the equation comes out.
    """
    alpha = TALLY[0][0].alpha
    nonce, other = 1234, 5678
    prefix = f"decrypt|{ELECTION.fingerprint}|{encode_point(KEY)}|"
    challenge = hash_to_scalar(prefix, [multiply_base(nonce), multiply(alpha, other)])
    response = (nonce - SECRET * challenge) % ORDER
    factor = multiply(alpha, (other - response) * pow(challenge, -1, ORDER))
    document = read_json(share, "share")
    document["decryption_factors"][0][0] = encode_point(factor)
    document["decryption_proofs"][0][0] = {"challenge": str(challenge), "response": str(response)}
    return compact_json(document)


def test_a_false_factor_passes_protocol_one_and_is_caught_by_the_extra_proof() -> None:
    false = _false_factor(SHARE)
    factors = verify_share(ELECTION, KEY, TALLY, false)
    assert factors[0][0] != multiply(TALLY[0][0].alpha, SECRET)
    for extra in (
        make_extra_proof(ELECTION, OWNER, SECRET, TALLY, false, seeded(8)),
        compact_json(read_json(EXTRA, "extra") | {"share": hex_digest(false)}),
    ):
        with pytest.raises(VerificationError, match=r"^the extra proof, question 1, choice 1: "):
            verify_extra_proof(ELECTION, OWNER, KEY, TALLY, false, extra)


def test_the_same_trick_does_not_work_on_the_extra_proof() -> None:
    """The factor stands in the challenge, so it cannot be computed afterwards."""
    alpha, beta = TALLY[0][0]
    nonce, other = 1234, 5678
    claimed = multiply_base(99)
    statement = f"{encode_point(alpha)},{encode_point(beta)},{encode_point(claimed)}"
    prefix = f"shanzhi share proof 1|{ELECTION.fingerprint}|{OWNER}|{encode_point(KEY)}|{statement}|"
    challenge = hash_to_scalar(prefix, [multiply_base(nonce), multiply(alpha, other)])
    response = (nonce - SECRET * challenge) % ORDER
    factor = multiply(alpha, (other - response) * pow(challenge, -1, ORDER))
    share = read_json(SHARE, "share")
    share["decryption_factors"][0][0] = encode_point(factor)
    extra = read_json(EXTRA, "extra") | {"share": hex_digest(compact_json(share))}
    extra["proofs"][0][0] = {"challenge": str(challenge), "response": str(response)}
    with pytest.raises(VerificationError, match=r"question 1, choice 1"):
        verify_extra_proof(ELECTION, OWNER, KEY, TALLY, compact_json(share), compact_json(extra))


CELLS = st.sampled_from([(i, j) for i, row in enumerate(TALLY) for j in range(len(row))])
WHAT = st.sampled_from(["factor", "challenge", "response"])


@settings(max_examples=40, deadline=None)
@given(CELLS, WHAT)
def test_every_changed_number_of_a_share_is_refused(cell: tuple[int, int], what: str) -> None:
    document = read_json(SHARE, "share")
    i, j = cell
    if what == "factor":
        factor = decode_point(document["decryption_factors"][i][j])
        document["decryption_factors"][i][j] = encode_point(multiply(factor, 2))
    else:
        proof = document["decryption_proofs"][i][j]
        proof[what] = str((int(proof[what]) + 1) % ORDER)
    with pytest.raises(VerificationError, match=f"^question {i + 1}, choice {j + 1}: "):
        verify_share(ELECTION, KEY, TALLY, compact_json(document))


@settings(max_examples=40, deadline=None)
@given(CELLS, st.sampled_from(["challenge", "response"]))
def test_every_changed_number_of_an_extra_proof_is_refused(cell: tuple[int, int], what: str) -> None:
    document = read_json(EXTRA, "extra")
    i, j = cell
    proof = document["proofs"][i][j]
    proof[what] = str((int(proof[what]) + 1) % ORDER)
    with pytest.raises(VerificationError, match=f"^the extra proof, question {i + 1}, choice {j + 1}: "):
        verify_extra_proof(ELECTION, OWNER, KEY, TALLY, SHARE, compact_json(document))


@pytest.mark.parametrize("point", [IDENTITY, *SMALL_ORDER])
def test_identity_and_small_order_are_no_factors(point: bytes) -> None:
    document = read_json(SHARE, "share")
    document["decryption_factors"][0][0] = encode_point(point)
    with pytest.raises(VerificationError, match=r"^question 1, choice 1: "):
        verify_share(ELECTION, KEY, TALLY, compact_json(document))


@pytest.mark.parametrize(
    "change",
    [
        {"election": "x" * 43},
        {"owner": 3},
        {"share": "0" * 64},
    ],
)
def test_an_extra_proof_of_something_else_is_refused(change: dict[str, object]) -> None:
    document = compact_json(read_json(EXTRA, "extra") | change)
    with pytest.raises(VerificationError, match="it was made for another election, trustee or share"):
        verify_extra_proof(ELECTION, OWNER, KEY, TALLY, SHARE, document)


def test_an_extra_proof_does_not_serve_for_another_owner_or_key() -> None:
    document = compact_json(read_json(EXTRA, "extra") | {"owner": 1})
    with pytest.raises(VerificationError, match="question 1, choice 1"):
        verify_extra_proof(ELECTION, 1, KEY, TALLY, SHARE, document)
    other = multiply_base(VECTOR.ceremony.secret(1))
    with pytest.raises(VerificationError, match="question 1, choice 1"):
        verify_extra_proof(ELECTION, OWNER, other, TALLY, SHARE, EXTRA)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": True},
        {"owner": "2"},
        {"proofs": []},
        {"proofs": [[], [], []]},
        {"note": ""},
        {"proofs": [[1, 2, 3], [], []]},
    ],
)
def test_what_is_no_extra_proof_is_refused(change: dict[str, object]) -> None:
    document = compact_json(read_json(EXTRA, "extra") | change)
    with pytest.raises(MalformedError, match=r"^the extra proof"):
        verify_extra_proof(ELECTION, OWNER, KEY, TALLY, SHARE, document)


@pytest.mark.parametrize(
    "change",
    [
        {"decryption_factors": []},
        {"decryption_factors": [[], [], []]},
        {"decryption_proofs": [[], [], []]},
        {"decryption_proofs": None},
        {"decryption_factors": [["F" * 64] * 3] * 3},
        {"owner": 1},
    ],
)
def test_what_is_no_share_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(MalformedError, match=r"^the share"):
        decode_share(ELECTION, compact_json(read_json(SHARE, "share") | change))


def test_a_share_of_no_ballots_holds() -> None:
    """With no ballots every α is the identity, and so is every factor."""
    empty = tuple(tuple(type(each)(IDENTITY, IDENTITY) for each in row) for row in TALLY)
    share = make_share(ELECTION, SECRET, empty, seeded(1))
    assert {point for row in verify_share(ELECTION, KEY, empty, share) for point in row} == {IDENTITY}


def test_the_secret_of_another_key_makes_no_share() -> None:
    share = make_share(ELECTION, SECRET + 1, TALLY, seeded(1))
    with pytest.raises(CryptoError):
        verify_share(ELECTION, KEY, TALLY, share)
