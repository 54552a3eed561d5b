"""Keeps what one trustee must remember between the steps of a key ceremony, and afterwards to decrypt.

 * It never leaves the trustee: whoever reads it holds that trustee's share of the key.
 * The secrets are not shown when a state is printed.

Follows SPEC.md §6.2.

Not here: encrypting the file in which it lies (the caller).

>>> state = TrusteeState("example", 3, 2, 1, "甲", 5, 7)
>>> state
TrusteeState(context='example', size=3, threshold=2, index=1, name='甲', seen=())
>>> decode_state(encode_state(state)) == state
True
"""

from dataclasses import dataclass, field

from crypto.ceremony_board import require_ceremony
from crypto.ceremony_post import require_short
from crypto.encoding import compact_json, read_json, require_fields, require_list, require_text, require_whole
from crypto.errors import MalformedError
from crypto.group import decode_scalar, encode_scalar

VERSION = 1
_NAMES = (
    "version",
    "context",
    "size",
    "threshold",
    "index",
    "name",
    "signing_secret",
    "encryption_secret",
    "coefficients",
    "seen",
    "decryption_secret",
)


@dataclass(frozen=True, slots=True)
class TrusteeState:
    """One trustee's secrets and memory."""

    context: str
    size: int
    threshold: int
    index: int
    """The trustee's number, from 1."""
    name: str
    signing_secret: int = field(repr=False)
    encryption_secret: int = field(repr=False)
    coefficients: tuple[int, ...] = field(default=(), repr=False)
    """The polynomial, constant term first, from the commitment to the end."""
    seen: tuple[str, ...] = ()
    """Digests of the rounds that this trustee has used, in order."""
    decryption_secret: int | None = field(default=None, repr=False)
    """The share of the key, once the ceremony is finished."""

    def __post_init__(self) -> None:
        require_ceremony(self.context, self.size, self.threshold)
        require_short(self.name, "the name")
        if not 1 <= self.index <= self.size:
            raise MalformedError(f"there is no trustee {self.index}, only 1 to {self.size}")


def encode_state(state: TrusteeState) -> bytes:
    """Write a state, secrets included."""
    secret = state.decryption_secret
    return compact_json(
        {
            "version": VERSION,
            "context": state.context,
            "size": state.size,
            "threshold": state.threshold,
            "index": state.index,
            "name": state.name,
            "signing_secret": encode_scalar(state.signing_secret),
            "encryption_secret": encode_scalar(state.encryption_secret),
            "coefficients": [encode_scalar(each) for each in state.coefficients],
            "seen": list(state.seen),
            "decryption_secret": None if secret is None else encode_scalar(secret),
        }
    )


def decode_state(data: bytes) -> TrusteeState:
    """Read a state.

    Raises:
        MalformedError: not a state; the sentence repeats no secret.
    """
    what = "the trustee's file"
    fields = require_fields(read_json(data, what), _NAMES, what)
    if require_whole(fields["version"], f"{what}, version") != VERSION:
        raise MalformedError(f"{what}: only version {VERSION} is known")
    secret = fields["decryption_secret"]
    return TrusteeState(
        require_text(fields["context"], f"{what}, context"),
        require_whole(fields["size"], f"{what}, size", minimum=1),
        require_whole(fields["threshold"], f"{what}, threshold", minimum=1),
        require_whole(fields["index"], f"{what}, index", minimum=1),
        require_text(fields["name"], f"{what}, name"),
        decode_scalar(fields["signing_secret"], f"{what}, signing key"),
        decode_scalar(fields["encryption_secret"], f"{what}, encryption key"),
        tuple(
            decode_scalar(each, f"{what}, coefficient")
            for each in require_list(fields["coefficients"], f"{what}, list")
        ),
        tuple(require_text(each, f"{what}, seen") for each in require_list(fields["seen"], f"{what}, seen")),
        None if secret is None else decode_scalar(secret, f"{what}, decryption key"),
    )
