"""The document in which a trustee opens all ballots that count, for the certifying office of a named election.

 * It names the election, the trustee and exactly which ballots it opens: the digest of their trackers in order.
 * There is one text for each ballot, of 128 characters a chunk, and one spelling of the whole.
 * A trustee makes it only for those ballots whose total it decrypted.

Follows SPEC.md §16.2. Not here: the proofs themselves (`opening`), sealing (`sealed_list`).

>>> effective_digest([])
'4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945'
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from crypto.blame import about
from crypto.chunk import CountedBallot, chunk_alphas, chunk_sizes
from crypto.election import Election
from crypto.encoding import (
    compact_json,
    hex_digest,
    read_json,
    require_base64,
    require_digest,
    require_fields,
    require_list,
    require_whole,
)
from crypto.errors import MalformedError, VerificationError
from crypto.group import ORDER, POINT_BYTES, SCALAR_BYTES, encode_point, read_point
from crypto.opening import Opener, Opening, ProvedFactor, ProvingSlice, prove_slice, verify_opening
from crypto.proof import Proof
from crypto.randomness import Randomness
from crypto.trustees import Trustees

VERSION = 1
SLICE = 64
"""Ballots that are worked on at a time."""

_WHAT = "the opening list"
_FIELDS = ("ballots", "election", "openings", "owner", "version")
_CHUNK_BYTES = POINT_BYTES + 2 * SCALAR_BYTES

Run = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Maps a function over slices in order, in as many processes as it likes."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class OpeningList:
    """A decoded list."""

    election: str
    """φ, the election's fingerprint."""
    owner: int
    """The trustee's number, from 1."""
    ballots: str
    """The digest of the ballots that count."""
    openings: tuple[Opening, ...]
    """One for each of these ballots, in order."""


@dataclass(frozen=True, slots=True)
class VerifyingSlice:
    """Ballots that stand together, with what a trustee opened of them."""

    opener: Opener
    first: int
    """Number of the first ballot among those that count, from 1."""
    ballots: tuple[CountedBallot, ...]
    openings: tuple[Opening, ...]


def effective_digest(trackers: Iterable[str]) -> str:
    """Return SHA-256 in hex of the trackers of the ballots that count, in the order of the archive."""
    return hex_digest(compact_json(list(trackers)))


def make_opening_list(  # noqa: PLR0917 - the statement has as many parts
    election: Election, owner: int, secret: int, ballots: Sequence[CountedBallot], rng: Randomness, run: Run = map
) -> OpeningList:
    """Return the openings of trustee number `owner`, who holds `secret`, for all ballots that count.

    Whoever calls has checked that these are the ballots whose total was decrypted, and that the election is named.

    Args:
        election: what the ballots were cast in.
        owner: the trustee's number, from 1.
        secret: of the trustee's key, mod q.
        ballots: those that count, checked, in the order of the archive.
        rng: gives the nonces of the proofs.
        run: maps a function over slices in order; other processes get secret and `rng`.

    Raises:
        VerificationError: a point is not in the group, so a ballot was not checked.
    """
    slices = (ProvingSlice(election.fingerprint, owner, secret, part) for _, part in cut(ballots))
    openings = chain.from_iterable(run(partial(prove_slice, rng=rng), slices))
    digest = effective_digest(ballot.tracker for ballot in ballots)
    return OpeningList(election.fingerprint, owner, digest, tuple(openings))


def encode_opening_list(openings: OpeningList) -> bytes:
    """Write a list."""
    return compact_json(
        {
            "ballots": openings.ballots,
            "election": openings.election,
            "openings": [_encode_opening(opening) for opening in openings.openings],
            "owner": openings.owner,
            "version": VERSION,
        }
    )


def decode_opening_list(data: bytes, election: Election) -> OpeningList:
    """Read a list that was made for `election`; whether it is true is for `verify_opening_list`.

    Raises:
        MalformedError: not one, not of the election's shape, or not in its one spelling.
        VerificationError: it was made for another election.
    """
    fields = require_fields(read_json(data, _WHAT), _FIELDS, _WHAT)
    if require_whole(fields["version"], f"{_WHAT}, version") != VERSION:
        raise MalformedError(f"{_WHAT}: only version {VERSION} is known")
    if fields["election"] != election.fingerprint:
        raise VerificationError(f"{_WHAT}: it was made for another election")
    chunks = len(chunk_sizes(election))
    texts = enumerate(require_list(fields["openings"], f"{_WHAT}, openings"), start=1)
    openings = OpeningList(
        election.fingerprint,
        require_whole(fields["owner"], f"{_WHAT}, owner", 1),
        require_digest(fields["ballots"], f"{_WHAT}, ballots"),
        tuple(_decode_opening(text, chunks, f"{_WHAT}, ballot {number}") for number, text in texts),
    )
    if encode_opening_list(openings) != data:
        raise MalformedError(f"{_WHAT}: not in canonical spelling: spaces, order of fields or escapes differ")
    return openings


def verify_opening_list(
    election: Election,
    trustees: Trustees,
    ballots: Sequence[CountedBallot],
    openings: OpeningList,
    run: Run = map,
) -> None:
    """Raise unless a list opens exactly these ballots, and every factor in it was made with its trustee's key.

    Args:
        election: what the ballots were cast in.
        trustees: of the election, checked.
        ballots: those that count, checked, in the order of the archive.
        openings: as decoded.
        run: maps a function over slices in order, in as many processes as it likes.

    Raises:
        MalformedError: there is no such trustee.
        VerificationError: it does not; the sentence names trustee, ballot and chunk.
    """
    with about(f"{_WHAT} of {trustees.label(openings.owner)}"):
        require_of(election, ballots, openings)
        opener = Opener(election.fingerprint, openings.owner, trustees.verification_key(openings.owner))
        slices = (
            VerifyingSlice(opener, first, part, openings.openings[first - 1 : first - 1 + len(part)])
            for first, part in cut(ballots)
        )
        for _ in run(verify_slice, slices):
            pass


def verify_slice(part: VerifyingSlice) -> None:
    """Raise unless every opening of a slice holds.

    Raises:
        VerificationError: one does not; the sentence names ballot and chunk.
    """
    for number, (ballot, opening) in enumerate(zip(part.ballots, part.openings, strict=True), start=part.first):
        with about(f"ballot {number}"):
            verify_opening(part.opener, ballot.tracker, chunk_alphas(ballot.row), opening)


def require_of(election: Election, ballots: Sequence[CountedBallot], openings: OpeningList) -> None:
    """Raise unless a list is of this election and has one opening for each of exactly these ballots.

    Raises:
        VerificationError: it is of others.
    """
    if openings.election != election.fingerprint:
        raise VerificationError("it was made for another election")
    if openings.ballots != effective_digest(ballot.tracker for ballot in ballots):
        raise VerificationError("it was made for other ballots than those that count, or in another order")
    if len(openings.openings) != len(ballots):
        raise VerificationError(f"it opens {len(openings.openings)} ballots, but {len(ballots)} count")


def cut(values: Sequence[_T], size: int = SLICE) -> Iterator[tuple[int, tuple[_T, ...]]]:
    """Yield `values` in slices of `size`, each with the number of its first, from 1."""
    for start in range(0, len(values), size):
        yield start + 1, tuple(values[start : start + size])


def _encode_opening(opening: Opening) -> str:
    numbers = (
        factor + b"".join(number.to_bytes(SCALAR_BYTES, "little") for number in proof) for factor, proof in opening
    )
    return base64.b64encode(b"".join(numbers)).decode()


def _decode_opening(text: object, chunks: int, what: str) -> Opening:
    data = require_base64(text, what)
    if len(data) != chunks * _CHUNK_BYTES:
        raise MalformedError(f"{what}: {chunks * _CHUNK_BYTES} bytes are expected, there are {len(data)}")
    parts = (data[start : start + _CHUNK_BYTES] for start in range(0, len(data), _CHUNK_BYTES))
    return tuple(_decode_factor(part, f"{what}, chunk {number}") for number, part in enumerate(parts, start=1))


def _decode_factor(data: bytes, what: str) -> ProvedFactor:
    factor = read_point(encode_point(data[:POINT_BYTES]), f"{what}, factor")
    numbers = data[POINT_BYTES:-SCALAR_BYTES], data[-SCALAR_BYTES:]
    challenge, response = (int.from_bytes(number, "little") for number in numbers)
    if max(challenge, response) >= ORDER:
        raise MalformedError(f"{what}, proof: a number is not below the order of the group")
    return ProvedFactor(factor, Proof(challenge, response))
