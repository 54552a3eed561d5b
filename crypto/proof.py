"""One proof as documents have it: a challenge and a response, both mod q.

 * The commitment is not sent; whoever verifies computes it as g^response · Y^challenge and hashes it again.
 * Both numbers are decimal strings below q without leading zero, and nothing else stands beside them.

Follows SPEC.md §3. Not here: what is proved (`knowledge.py`, `equality.py`, `disjunction.py`).

>>> encode_proof(Proof(challenge=7, response=11))
{'challenge': '7', 'response': '11'}
>>> decode_proof({"challenge": "7", "response": "11"}, "example")
Proof(challenge=7, response=11)
"""

from typing import NamedTuple

from crypto.encoding import require_fields
from crypto.group import decode_scalar, encode_scalar

_FIELDS = ("challenge", "response")


class Proof(NamedTuple):
    """A non-interactive proof in compact form: response = w - secret · challenge."""

    challenge: int
    response: int


def encode_proof(proof: Proof) -> dict[str, str]:
    """Write a proof as the object that documents hold."""
    return {"challenge": encode_scalar(proof.challenge), "response": encode_scalar(proof.response)}


def decode_proof(value: object, what: str = "proof") -> Proof:
    """Read the object `{"challenge", "response"}`.

    Raises:
        MalformedError: a field is missing or unknown, or a number is not in canonical spelling below q.
    """
    fields = require_fields(value, _FIELDS, what)
    return Proof(
        decode_scalar(fields["challenge"], f"{what}, challenge"),
        decode_scalar(fields["response"], f"{what}, response"),
    )
