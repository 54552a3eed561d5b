"""One owner's sealed and signed ballot: bytes that everybody can check and nobody can open alone.

 * There is one spelling: what was read is written again and compared, byte for byte.
 * A ballot names its election by uuid and fingerprint and its voter by public credential, and signs all of it.
 * Decoding checks form, `verify_ballot` checks truth; only both together make a ballot acceptable.

Follows SPEC.md §5. Not here: whether the credential is on the list, whether the same bytes were cast before.

>>> from crypto.election import decode_election, encode_election
>>> from crypto.group import multiply_base
>>> from crypto.question import Question
>>> draws = iter(range(1, 99))
>>> question = Question("Agree?", ("yes", "no"), minimum=1, maximum=1, blank=False)
>>> election = decode_election(encode_election("DQB53CqA1UtMwz", "An election", "", multiply_base(7), [question]))
>>> data = seal_ballot(election, 11, [[1, 0]], rng=lambda size: next(draws).to_bytes(size, "little"))
>>> verify_ballot(election, decode_ballot(data, election))
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crypto.answer import Answer, decode_answer, encode_answer, seal_answer, verify_answer
from crypto.election import Election
from crypto.encoding import (
    compact_json,
    fingerprint,
    read_json,
    require_fields,
    require_fingerprint,
    require_list,
    require_text,
)
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, encode_point, multiply_base, read_point
from crypto.knowledge import prove_knowledge, verify_knowledge
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness

_FIELDS = ("election_uuid", "election_hash", "credential", "answers", "signature")
_SIGNATURE_FIELDS = ("hash", "proof")


@dataclass(frozen=True, slots=True)
class Ballot:
    """A decoded ballot."""

    election_uuid: str
    election_hash: str
    """φ, the election's fingerprint."""
    credential: str
    """The public credential, 64 hex digits; its membership is checked with the signature."""
    answers: tuple[Answer, ...]
    """One for each question of the election, in its order."""
    signature_hash: str
    """H0, the fingerprint of the ballot without its signature, as the ballot claims it."""
    signature: Proof


def tracker(data: bytes) -> str:
    """Return the name under which the voter finds the ballot again: the fingerprint of its bytes, 43 characters."""
    return fingerprint(data)


def encode_ballot(ballot: Ballot) -> bytes:
    """Write a ballot in its one spelling."""
    signature = {"hash": ballot.signature_hash, "proof": encode_proof(ballot.signature)}
    return compact_json(
        {
            **_unsigned(ballot.election_uuid, ballot.election_hash, ballot.credential, ballot.answers),
            "signature": signature,
        }
    )


def decode_ballot(data: bytes, election: Election) -> Ballot:
    """Read the bytes of a ballot that was made for `election`.

    Raises:
        MalformedError: the bytes are no ballot, not in canonical spelling, or not of the election's shape.
        VerificationError: the ballot was made for another election.
    """
    fields = require_fields(read_json(data, "the ballot"), _FIELDS, "the ballot")
    if require_text(fields["election_uuid"], "the ballot, election") != election.uuid:
        raise VerificationError("the ballot was made for another election: its uuid differs")
    if require_text(fields["election_hash"], "the ballot, election hash") != election.fingerprint:
        raise VerificationError("the ballot was made for another version of this election: the fingerprint differs")
    if read_point(fields["credential"], "the ballot, credential") == IDENTITY:
        raise MalformedError("the ballot, credential: the identity is nobody's key")
    answers = require_list(fields["answers"], "the ballot, answers", len(election.questions))
    signature = require_fields(fields["signature"], _SIGNATURE_FIELDS, "the ballot, signature")
    signature_hash = require_fingerprint(signature["hash"], "the ballot, signature hash")
    ballot = Ballot(
        election_uuid=election.uuid,
        election_hash=election.fingerprint,
        credential=fields["credential"],
        answers=tuple(
            decode_answer(value, question, f"question {number}")
            for number, (value, question) in enumerate(zip(answers, election.questions, strict=True), start=1)
        ),
        signature_hash=signature_hash,
        signature=decode_proof(signature["proof"], "the ballot, signature proof"),
    )
    if encode_ballot(ballot) != data:
        raise MalformedError("the ballot is not in canonical spelling: spaces, order of fields or escapes differ")
    return ballot


def verify_ballot(election: Election, ballot: Ballot) -> None:
    """Raise unless the signature and every proof of `ballot`, decoded for `election`, hold.

    Raises:
        VerificationError: one does not, or a point is outside the group; the sentence names question and choice.
    """
    verify_signature(ballot)
    binding = _binding(election, ballot.credential)
    for number, (question, answer) in enumerate(zip(election.questions, ballot.answers, strict=True), start=1):
        verify_answer(binding, election.public_key, question, answer, f"question {number}")


def verify_signature(ballot: Ballot) -> None:
    """Raise unless `ballot` was signed, as it is, with its credential; of its choices this says nothing.

    Raises:
        VerificationError: it was not, or the credential is outside the group.
    """
    unsigned = _unsigned(ballot.election_uuid, ballot.election_hash, ballot.credential, ballot.answers)
    if fingerprint(compact_json(unsigned)) != ballot.signature_hash:
        raise VerificationError("the ballot was changed after it was signed: the signed hash differs")
    try:
        verify_knowledge(f"sig|{ballot.signature_hash}|", read_point(ballot.credential), ballot.signature)
    except VerificationError:
        raise VerificationError("the signature of the ballot was not made with its credential") from None


def seal_ballot(election: Election, secret: int, choices: Sequence[Sequence[int]], rng: Randomness) -> bytes:
    """Make the bytes of a ballot.

    Args:
        election: what is voted on.
        secret: the voter's signing key.
        choices: for each question one 0 or 1 for each choice; the blank vote first, where there is one.
        rng: gives all nonces, of which none is kept or returned.

    Raises:
        MalformedError: the election does not allow these choices.
    """
    if len(choices) != len(election.questions):
        raise MalformedError(f"{len(election.questions)} questions are to be answered, not {len(choices)}")
    for number, (question, chosen) in enumerate(zip(election.questions, choices, strict=True), start=1):
        question.require_allowed(chosen, f"question {number}")
    public = multiply_base(secret)
    credential = encode_point(public)
    binding = _binding(election, credential)
    answers = tuple(
        seal_answer(binding, election.public_key, question, chosen, rng)
        for question, chosen in zip(election.questions, choices, strict=True)
    )
    signed = fingerprint(compact_json(_unsigned(election.uuid, election.fingerprint, credential, answers)))
    signature = prove_knowledge(f"sig|{signed}|", secret, public, rng)
    return encode_ballot(Ballot(election.uuid, election.fingerprint, credential, answers, signed, signature))


def _binding(election: Election, credential: str) -> str:
    """Return S0, which every proof of a ballot hashes."""
    return f"{election.fingerprint}|{credential}"


def _unsigned(uuid: str, election_hash: str, credential: str, answers: Sequence[Answer]) -> dict[str, Any]:
    return {
        "election_uuid": uuid,
        "election_hash": election_hash,
        "credential": credential,
        "answers": [encode_answer(answer) for answer in answers],
    }
