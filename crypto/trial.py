"""A trial before sealing: each trustee shows that it can open what is sealed under the common key.

 * What is opened is a ciphertext that everybody can make: its nonce and its content follow from trustees.json, so a trial
   opens nothing that anybody cast.
 * A proof shows that the factor was made with the trustee's own key; any `threshold` factors together give the content.

Follows SPEC.md §17.3. Not here: trustees of other kinds than one record.

>>> from crypto.trustee_key import make_trustee_key
>>> from crypto.trustees import encode_trustees
>>> rng = lambda size: bytes(size - 1) + b"1"
>>> trustees = encode_trustees(Trustees((make_trustee_key(7, rng),)))
>>> trial = make_trial("DQB53CqA1UtMwz", trustees, 1, 7, rng)
>>> opens("DQB53CqA1UtMwz", trustees, [trial])
True
"""

from collections.abc import Iterable
from dataclasses import dataclass

from crypto.blame import about
from crypto.elgamal import Ciphertext, encrypt
from crypto.encoding import compact_json, hex_digest, read_json, require_fields, require_text, require_whole
from crypto.equality import prove_equality, verify_equality
from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.group import BASE, decode_point, encode_point, hash_to_scalar, multiply, multiply_base, subtract
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.randomness import Randomness
from crypto.result import combine_shares
from crypto.trustees import Trustees, decode_trustees

DOMAIN = "shanzhi trial 1"
VERSION = 1
_WHAT = "the trial"
_FIELDS = ("version", "election", "trustees", "index", "factor", "proof")


@dataclass(frozen=True, slots=True)
class Trial:
    """A decoded trial."""

    election: str
    trustees: str
    """SHA-256 of trustees.json, in hex."""
    index: int
    """The trustee's number, from 1."""
    factor: bytes
    proof: Proof


def make_trial(election: str, trustees: bytes, index: int, secret: int, rng: Randomness) -> bytes:
    """Return the trial of trustee number `index`, who holds `secret`.

    Args:
        election: its uuid.
        trustees: the bytes of trustees.json.
        index: the trustee's number, from 1.
        secret: of the trustee's key, mod q.
        rng: gives the nonce of the proof.

    Raises:
        CryptoError: trustees.json is none.
    """
    test = _test(election, trustees, decode_trustees(trustees))
    factor = multiply(test.alpha, secret)
    prefix = _prefix(election, trustees, index, multiply_base(secret), test, factor)
    proof = prove_equality(prefix, secret, test.alpha, rng)
    return compact_json(
        {
            "version": VERSION,
            "election": election,
            "trustees": hex_digest(trustees),
            "index": index,
            "factor": encode_point(factor),
            "proof": encode_proof(proof),
        }
    )


def decode_trial(data: bytes) -> Trial:
    """Read a trial; whether it holds is for `verify_trial`.

    Raises:
        MalformedError: it is none.
        VerificationError: the factor is not in the group.
    """
    fields = require_fields(read_json(data, _WHAT), _FIELDS, _WHAT)
    if require_whole(fields["version"], f"{_WHAT}, version") != VERSION:
        raise MalformedError(f"{_WHAT}: only version {VERSION} is known")
    return Trial(
        require_text(fields["election"], f"{_WHAT}, election"),
        require_text(fields["trustees"], f"{_WHAT}, trustees"),
        require_whole(fields["index"], f"{_WHAT}, index", 1),
        decode_point(fields["factor"], f"{_WHAT}, factor"),
        decode_proof(fields["proof"], f"{_WHAT}, proof"),
    )


def verify_trial(election: str, trustees: bytes, data: bytes) -> Trial:
    """Return a trial after checking that it was made with the key of its trustee.

    Raises:
        MalformedError: it is none, or there is no such trustee.
        VerificationError: it is of another election or of other trustees, or its proof does not hold.
    """
    trial, group = decode_trial(data), decode_trustees(trustees)
    if (trial.election, trial.trustees) != (election, hex_digest(trustees)):
        raise VerificationError(f"{_WHAT}: it was made for another election or other trustees")
    public, test = group.verification_key(trial.index), _test(election, trustees, group)
    with about(f"{_WHAT} of {group.label(trial.index)}"):
        prefix = _prefix(election, trustees, trial.index, public, test, trial.factor)
        verify_equality(prefix, public, test.alpha, trial.factor, trial.proof)
    return trial


def opens(election: str, trustees: bytes, trials: Iterable[bytes]) -> bool:
    """Whether the trials, of which each must hold, are enough and open the test together.

    Raises:
        CryptoError: one does not hold.
    """
    group = decode_trustees(trustees)
    factors = {each.index: ((each.factor,),) for each in (verify_trial(election, trustees, data) for data in trials)}
    try:
        ((factor,),) = combine_shares(group, factors)
    except ThresholdError:
        return False
    return subtract(_test(election, trustees, group).beta, factor) == BASE


def _test(election: str, trustees: bytes, group: Trustees) -> Ciphertext:
    """Return the ciphertext of 1 that everybody can make."""
    nonce = hash_to_scalar(f"{DOMAIN}|nonce|{election}|{hex_digest(trustees)}|", [])
    return encrypt(group.public_key, 1, nonce)


def _prefix(election: str, trustees: bytes, index: int, public: bytes, test: Ciphertext, factor: bytes) -> str:  # noqa: PLR0917 - the statement has as many parts
    points = ",".join(map(encode_point, (test.alpha, test.beta, factor)))
    return f"{DOMAIN}|{election}|{hex_digest(trustees)}|{index}|{encode_point(public)}|{points}|"
