"""One trustee's part in opening a sealed sum, with the proofs that it is the right part.

 * For each choice the factor α^x, and a proof that x is the secret of the trustee's key.
 * The proof of protocol 1 hashes neither α nor the factor: whoever holds x can make a false factor that passes it, and so
   spoil a total unseen. Our tools therefore add a second document, whose proofs hash both.
 * The second document stands beside the archive; archives made by others do not have it.

Follows SPEC.md §7.2 and §7.3.

Not here: putting shares together (`result`), fetching the secret (the caller).

>>> from crypto.election import decode_election, encode_election
>>> from crypto.elgamal import encrypt
>>> from crypto.group import multiply_base
>>> from crypto.question import Question
>>> question = Question("Agree?", ("yes",), minimum=0, maximum=1, blank=False)
>>> election = decode_election(encode_election("DQB53CqA1UtMwz", "An election", "", multiply_base(7), [question]))
>>> rng = lambda size: bytes(size - 1) + b"1"
>>> tally = ((encrypt(election.public_key, message=5, nonce=3),),)
>>> payload = make_share(election, 7, tally, rng)
>>> extra = make_extra_proof(election, 1, 7, tally, payload, rng)
>>> factors = verify_share(election, multiply_base(7), tally, payload)
>>> verify_extra_proof(election, 1, multiply_base(7), tally, payload, extra)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from crypto.blame import about
from crypto.election import Election
from crypto.elgamal import Ciphertext
from crypto.encoding import (
    compact_json,
    hex_digest,
    read_json,
    require_fields,
    require_list,
    require_whole,
)
from crypto.equality import prove_equality, verify_equality
from crypto.errors import MalformedError, VerificationError
from crypto.group import encode_point, multiply, multiply_base, read_point
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness
from crypto.tally import EncryptedTally

Factors = tuple[tuple[bytes, ...], ...]
"""For each question α^x of each choice."""
Proofs = tuple[tuple[Proof, ...], ...]

EXTRA_DOMAIN = "shanzhi share proof 1"
EXTRA_VERSION = 1

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class DecryptionShare:
    """A decoded share."""

    factors: Factors
    proofs: Proofs


def make_share(election: Election, secret: int, tally: EncryptedTally, rng: Randomness) -> bytes:
    """Return the share of the trustee who holds `secret`, as an archive stores it.

    Whoever calls has recomputed `tally` from the ballots: a trustee who decrypts what it is given opens single ballots.

    Raises:
        VerificationError: a point of `tally` is not in the group.
    """
    prefix = _prefix(election, multiply_base(secret))
    factors = [[multiply(each.alpha, secret) for each in row] for row in tally]
    proofs = [[encode_proof(prove_equality(prefix, secret, each.alpha, rng)) for each in row] for row in tally]
    return compact_json(
        {
            "decryption_factors": [[encode_point(factor) for factor in row] for row in factors],
            "decryption_proofs": proofs,
        }
    )


def decode_share(election: Election, data: bytes) -> DecryptionShare:
    """Read a share of `election`, by its spelling alone.

    Raises:
        MalformedError: not one, or not of the election's questions.
    """
    what = "the share"
    fields = require_fields(read_json(data, what), ("decryption_factors", "decryption_proofs"), what)
    factors = _decode_rows(election, fields["decryption_factors"], f"{what}, factors", read_point)
    proofs = _decode_rows(election, fields["decryption_proofs"], f"{what}, proofs", decode_proof)
    return DecryptionShare(factors, proofs)


def verify_share(election: Election, public_key: bytes, tally: EncryptedTally, data: bytes) -> Factors:
    """Return the factors of a share, after checking the proofs of protocol 1 against the trustee's `public_key`.

    Raises:
        MalformedError: the share is none.
        VerificationError: a proof does not hold; the sentence names question and choice.
    """
    share = decode_share(election, data)
    prefix = _prefix(election, public_key)
    for what, ciphertext, factor, proof in _cells(tally, share.factors, share.proofs):
        with about(what):
            verify_equality(prefix, public_key, ciphertext.alpha, factor, proof)
    return share.factors


def make_extra_proof(  # noqa: PLR0917 - the statement has as many parts
    election: Election, owner: int, secret: int, tally: EncryptedTally, share: bytes, rng: Randomness
) -> bytes:
    """Return the document that proves the share of trustee number `owner` in a way that cannot be evaded.

    Raises:
        MalformedError: the share is none.
    """
    public_key = multiply_base(secret)
    factors = decode_share(election, share).factors
    proofs: list[list[dict[str, str]]] = []
    for row, factor_row in zip(tally, factors, strict=True):
        proofs.append([])
        for ciphertext, factor in zip(row, factor_row, strict=True):
            prefix = _extra_prefix(election, owner, public_key, ciphertext, factor)
            proofs[-1].append(encode_proof(prove_equality(prefix, secret, ciphertext.alpha, rng)))
    return compact_json(
        {
            "version": EXTRA_VERSION,
            "election": election.fingerprint,
            "owner": owner,
            "share": hex_digest(share),
            "proofs": proofs,
        }
    )


def verify_extra_proof(  # noqa: PLR0917 - the statement has as many parts
    election: Election, owner: int, public_key: bytes, tally: EncryptedTally, share: bytes, document: bytes
) -> None:
    """Raise unless `document` proves that every factor of `share` was made with the secret of `public_key`.

    Raises:
        MalformedError: the share or the document is none.
        VerificationError: the document is of another share, or a proof does not hold.
    """
    what = "the extra proof"
    names = "version", "election", "owner", "share", "proofs"
    fields = require_fields(read_json(document, what), names, what)
    if require_whole(fields["version"], f"{what}, version") != EXTRA_VERSION:
        raise MalformedError(f"{what}: only version {EXTRA_VERSION} is known")
    named = fields["election"], require_whole(fields["owner"], f"{what}, owner"), fields["share"]
    if named != (election.fingerprint, owner, hex_digest(share)):
        raise VerificationError(f"{what}: it was made for another election, trustee or share")
    proofs = _decode_rows(election, fields["proofs"], what, decode_proof)
    factors = decode_share(election, share).factors
    for cell, ciphertext, factor, proof in _cells(tally, factors, proofs):
        with about(f"{what}, {cell}"):
            prefix = _extra_prefix(election, owner, public_key, ciphertext, factor)
            verify_equality(prefix, public_key, ciphertext.alpha, factor, proof)


def _prefix(election: Election, public_key: bytes) -> str:
    return f"decrypt|{election.fingerprint}|{encode_point(public_key)}|"


def _extra_prefix(election: Election, owner: int, public_key: bytes, ciphertext: Ciphertext, factor: bytes) -> str:
    points = ciphertext.alpha, ciphertext.beta, factor
    statement = ",".join(map(encode_point, points))
    return f"{EXTRA_DOMAIN}|{election.fingerprint}|{owner}|{encode_point(public_key)}|{statement}|"


def _cells(tally: EncryptedTally, factors: Factors, proofs: Proofs) -> Iterator[tuple[str, Ciphertext, bytes, Proof]]:
    for number, rows in enumerate(zip(tally, factors, proofs, strict=True), start=1):
        for position, (ciphertext, factor, proof) in enumerate(zip(*rows, strict=True), start=1):
            yield f"question {number}, choice {position}", ciphertext, factor, proof


def _decode_rows(
    election: Election, value: object, what: str, decode: Callable[[object, str], _T]
) -> tuple[tuple[_T, ...], ...]:
    rows = require_list(value, what, len(election.questions))
    return tuple(
        tuple(
            decode(each, f"{what}, question {number}")
            for each in require_list(row, f"{what}, question {number}", question.choices)
        )
        for number, (row, question) in enumerate(zip(rows, election.questions, strict=True), start=1)
    )
