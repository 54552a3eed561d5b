"""A small election with every kind of question, its keys, and how to change a ballot of it and sign it again."""

import json
from collections.abc import Callable
from typing import Any

from crypto.ballot import Ballot, decode_ballot, verify_ballot
from crypto.election import Election, decode_election, encode_election
from crypto.encoding import compact_json, fingerprint
from crypto.group import multiply_base
from crypto.knowledge import prove_knowledge
from crypto.proof import encode_proof
from crypto.question import Question
from tests.strategies import seeded

UUID = "Sma11E1ectionX"
SECRET_KEY = 31337
VOTER = 271828
OTHER_VOTER = 314159


def election_of(*questions: Question, name: str = "A small election") -> Election:
    return decode_election(encode_election(UUID, name, "", multiply_base(SECRET_KEY), questions))


SMALL = election_of(
    Question("Which?", ("a", "b"), minimum=0, maximum=2, blank=False),
    Question("Agree?", ("yes", "no"), minimum=1, maximum=1, blank=True),
)


def changed(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the ballot after `change` was done to its object, its signature left as it was."""
    value = json.loads(data)
    change(value)
    return compact_json(value)


def signed_again(data: bytes, secret: int = VOTER) -> bytes:
    """Return the ballot with a fresh and valid signature, as a voter who cheats would send it."""
    value = json.loads(data)
    del value["signature"]
    signed = fingerprint(compact_json(value))
    proof = prove_knowledge(f"sig|{signed}|", secret, multiply_base(secret), seeded(99))
    return compact_json(value | {"signature": {"hash": signed, "proof": encode_proof(proof)}})


def accept(data: bytes, election: Election = SMALL) -> Ballot:
    """Return the ballot, wholly checked.

    Raises:
        CryptoError: it is refused.
    """
    ballot = decode_ballot(data, election)
    verify_ballot(election, ballot)
    return ballot
