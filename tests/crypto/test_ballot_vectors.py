"""Ballots that three other programs made, and the exact strings that one of them hashes."""

import json
from typing import Any

import pytest

from crypto.archive_reader import read_archive
from crypto.ballot import encode_ballot, tracker
from crypto.credential import decode_public_credentials
from crypto.election import decode_election
from crypto.errors import CryptoError, VerificationError
from crypto.group import ORDER, encode_point, hash_to_scalar, read_point
from tests.crypto.archives import BY_TOOL, PACKED, VECTORS, load, load_negative
from tests.crypto.elections import accept

TOOL_ELECTION = decode_election(read_archive(load(BY_TOOL)).setup.election)
CASES = json.loads((VECTORS / "ballots/ed25519.json").read_text())
KNOWN = json.loads((VECTORS / "ballots/ed25519-known-answers.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_ballot_of_the_vectors_gets_its_verdict(case: dict[str, Any]) -> None:
    credentials = decode_public_credentials(read_archive(load(BY_TOOL)).setup.credentials)
    data = case["ballot"].encode()
    if case["expect_valid"]:
        assert accept(data, TOOL_ELECTION).credential in {credential.public for credential in credentials}
    elif case["name"] == "bad_unknown_credential":
        assert accept(data, TOOL_ELECTION).credential not in {credential.public for credential in credentials}
    else:
        with pytest.raises(CryptoError):
            accept(data, TOOL_ELECTION)


@pytest.mark.parametrize("name", [BY_TOOL, PACKED])
def test_every_ballot_of_the_good_archives_is_accepted_and_written_again(name: str) -> None:
    archive = read_archive(load(name))
    election = decode_election(archive.setup.election)
    for data in archive.ballots[:12]:
        assert encode_ballot(accept(data, election)) == data


def test_the_archive_with_a_thousand_votes_holds_a_ballot_that_is_refused() -> None:
    """The field's own tool passes over it unless told not to."""
    archive = read_archive(load_negative("bad_ballot_tallied"))
    election = decode_election(archive.setup.election)
    refused = []
    for position, data in enumerate(archive.ballots):
        try:
            accept(data, election)
        except VerificationError:
            refused.append(position)
    assert len(refused) == 1


def test_the_hashed_strings_are_those_of_the_known_answers() -> None:
    text = KNOWN["individual proof of choice 0, question 0: hashed string"]
    prefix, _, points = text.rpartition("|")
    ballot = accept(CASES[0]["ballot"].encode(), TOOL_ELECTION)
    choice, proofs = ballot.answers[0].choices[0], ballot.answers[0].individual_proofs[0]
    assert prefix + "|" == (
        f"prove|{TOOL_ELECTION.fingerprint}|{ballot.credential}|{encode_point(choice.alpha)},{encode_point(choice.beta)}|"
    )
    challenge = int(KNOWN["its sha256 mod q = sum of challenges mod q"])
    assert hash_to_scalar(prefix + "|", [read_point(point) for point in points.split(",")]) == challenge
    assert sum(proof.challenge for proof in proofs) % ORDER == challenge
    assert f"sig|{ballot.signature_hash}|" == KNOWN["signature: hashed string"].rpartition("|")[0] + "|"
    assert ballot.signature.challenge == int(KNOWN["sha256 mod q = challenge"])
    signed = KNOWN["signed payload (sha256 -> b64 unpadded -> signature.hash)"].encode()
    assert encode_ballot(ballot).startswith(signed[:-1] + b',"signature":')
    assert tracker(signed) == ballot.signature_hash
