"""What a trustee's own file remembers: the secrets of the ceremony, the trustees it checked, the total it opened.

 * A trustee opens one total in one election. Whoever gets two learns what the ballots between them say.
 * The opened total is remembered before the share leaves the trustee; the same total may be opened again.

Not here: where the file lies and who may read it (`vote.offline`).
"""

from dataclasses import dataclass, replace

from crypto.ceremony_state import TrusteeState, decode_state, encode_state
from crypto.election import Election
from crypto.encoding import compact_json, hex_digest, read_json, require_fields, require_text
from crypto.errors import MalformedError
from crypto.tally import EncryptedTally, encode_tally
from vote.errors import Reason, RefusedError

VERSION = 1
_WHAT = "the trustee's file"


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything in a trustee's file."""

    state: TrusteeState
    trustees: str | None = None
    """SHA-256 of the `trustees.json` that this trustee found to be its own ceremony's."""
    opened: str | None = None
    """SHA-256 of the election and the encrypted total that this trustee opened."""
    counted: str | None = None
    """Digest of the ballots behind that total, in order (SPEC.md §16.3): single ones are opened of these only."""


def remember_trustees(memory: Memory, trustees: bytes) -> Memory:
    """Keep which `trustees.json` was checked."""
    return replace(memory, trustees=hex_digest(trustees))


def remember_opening(memory: Memory, election: Election, tally: EncryptedTally, counted: str) -> Memory:
    """Keep which total is opened, and of which ballots.

    Raises:
        RefusedError: this trustee has opened another one.
    """
    digest = hex_digest(compact_json([election.fingerprint, hex_digest(encode_tally(tally))]))
    if memory.opened not in (None, digest):
        raise RefusedError(
            Reason.CONFLICT,
            "You have opened another total of this election already, and a second one would reveal single ballots: "
            "open nothing, and ask the other trustees which archive is right.",
        )
    return replace(memory, opened=digest, counted=counted)


def encode_memory(memory: Memory) -> bytes:
    """Write a trustee's file, secrets included."""
    state = read_json(encode_state(memory.state), _WHAT)
    return compact_json(
        {
            "version": VERSION,
            "state": state,
            "trustees": memory.trustees,
            "opened": memory.opened,
            "counted": memory.counted,
        }
    )


def decode_memory(data: bytes) -> Memory:
    """Read a trustee's file.

    Raises:
        MalformedError: it is none; the sentence repeats no secret.
    """
    fields = require_fields(read_json(data, _WHAT), ("version", "state", "trustees", "opened", "counted"), _WHAT)
    if fields["version"] != VERSION:
        raise MalformedError(f"{_WHAT}: only version {VERSION} is known")
    return Memory(
        decode_state(compact_json(fields["state"])),
        _digest(fields["trustees"], "trustees"),
        _digest(fields["opened"], "opened"),
        _digest(fields["counted"], "counted"),
    )


def _digest(value: object, name: str) -> str | None:
    return None if value is None else require_text(value, f"{_WHAT}, {name}")
