"""Decides whether a `.tlog-proof` shows that a ballot is in the log, and whether it is the ballot that was promised.

 * The entry that it proves is its extra data; it must be a `ballot:accepted`.
 * Log and quorum of the policy signed the checkpoint in it.

Follows SPEC.md §19.5. Not here: making one (`vote.log.receipt`), the promise's own signature (`receipt`).
"""

from typing import NamedTuple

from crypto.checkpoint import Checkpoint
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.log_policy import LogPolicy
from crypto.log_proof import decode_log_proof, verify_log_proof
from vote.ballot.rules import Promise
from vote.log.kinds import read_entry
from vote.log.rules import Kind


class ProvenBallot(NamedTuple):
    """A ballot that a log holds."""

    election: str
    tracker: str
    place: int
    """Of its entry, counted from 0."""
    checkpoint: Checkpoint
    """Under which it was proved."""


def verify_receipt(data: bytes, policy: LogPolicy, name: str) -> ProvenBallot:
    """Return the ballot that a receipt proves to be in a log of `policy`.

    Args:
        data: the `.tlog-proof`.
        policy: the log's.
        name: how a refusal calls the file.

    Raises:
        MalformedError: it is no receipt of a ballot.
        VerificationError: the entry is not there, or the checkpoint is not signed as the policy asks.
    """
    try:
        proof = decode_log_proof(data)
        if proof.extra is None:
            raise MalformedError("receipt: the entry that it proves is not in its extra line")
        entry = read_entry(proof.extra, "receipt, entry")
        if entry.kind is not Kind.BALLOT_ACCEPTED:
            raise MalformedError(f"receipt: it proves {entry.kind}, not a ballot")
        verify_log_proof(data, proof.extra, policy)
        checkpoint = policy.open_checkpoint(proof.checkpoint)
    except CryptoError as error:
        raise type(error)(f"{name}: {error}") from None
    return ProvenBallot(entry.facts["election"], entry.facts["tracker"], proof.index, checkpoint)


def verify_promised(ballot: ProvenBallot, promise: Promise, name: str) -> None:
    """Raise unless a receipt proves just the ballot that was promised.

    Raises:
        VerificationError: it proves another.
    """
    if (ballot.election, ballot.tracker) != (promise.election, promise.tracker):
        raise VerificationError(f"{name}: the ballot in the log is not the one that was promised")
