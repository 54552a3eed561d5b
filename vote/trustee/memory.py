"""What a trustee's own file remembers: the secrets of the ceremony, the trustees it checked, the total it opened.

 * A trustee opens one total in one election. Whoever gets two learns what the ballots between them say.
 * The opened total is remembered before the share leaves the trustee; the same total may be opened again.
 * Total and ballots are remembered with the election's fingerprint: under another description, which may name another
   office or a named election in the place of a secret one, they are others.

Not here: where the file lies and who may read it (`vote.offline`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crypto.ceremony_state import TrusteeState, decode_state, encode_state
from crypto.election import Election
from crypto.encoding import compact_json, hex_digest, read_json, require_fields, require_text
from crypto.errors import MalformedError
from crypto.group import multiply_base
from crypto.opening_list import effective_digest
from crypto.pedersen import Pedersen
from crypto.tally import EncryptedTally, encode_tally
from crypto.trustees import Trustees
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
    """SHA-256 of the election and the ballots behind that total, in order: single ones are opened of these only."""


def own_secret(memory: Memory) -> int:
    """Return the secret with which this trustee opens.

    Raises:
        RefusedError: the key is not finished.
    """
    if memory.state.decryption_secret is None:
        raise RefusedError(Reason.WRONG_STATE, "Your key is not finished: take the remaining steps of `next` first.")
    return memory.state.decryption_secret


def holds_own_key(memory: Memory, trustees: Trustees) -> bool:
    """Whether there are the trustees of the ceremony, nobody beside them, and the own key in its place.

    Raises:
        RefusedError: the key is not finished.
    """
    state, group = memory.state, trustees.groups[0]
    if len(trustees.groups) > 1 or not isinstance(group, Pedersen):
        return False
    if (len(group.keys), group.threshold) != (state.size, state.threshold):
        return False
    return group.keys[state.index - 1].public_key == multiply_base(own_secret(memory))


def remember_trustees(memory: Memory, trustees: bytes) -> Memory:
    """Keep which `trustees.json` was checked."""
    return replace(memory, trustees=hex_digest(trustees))


def remember_opening(memory: Memory, election: Election, tally: EncryptedTally, trackers: Sequence[str]) -> Memory:
    """Keep which total is opened, and of which ballots.

    Args:
        memory: the trustee's own.
        election: what the ballots were cast in.
        tally: their sealed sum.
        trackers: of the ballots that count, in the order of the archive.

    Raises:
        RefusedError: this trustee has opened another one, or the total of others.
    """
    opened = hex_digest(compact_json([election.fingerprint, hex_digest(encode_tally(tally))]))
    counted = _counted(election, trackers)
    if (memory.opened, memory.counted) not in {(None, None), (opened, counted)}:
        raise RefusedError(
            Reason.CONFLICT,
            "You have opened another total of this election already, and a second one would reveal single ballots: "
            "open nothing, and ask the other trustees which archive is right.",
        )
    return replace(memory, opened=opened, counted=counted)


def require_opened(memory: Memory, election: Election, trackers: Sequence[str]) -> None:
    """Raise unless this trustee has opened the total of just these ballots.

    Raises:
        RefusedError: it has opened none, or that of others.
    """
    if memory.counted != _counted(election, trackers):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "These are not the ballots whose total you opened: take the archive that `vote trustee decrypt` counted.",
        )


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


def _counted(election: Election, trackers: Sequence[str]) -> str:
    return hex_digest(compact_json([election.fingerprint, effective_digest(trackers)]))


def _digest(value: object, name: str) -> str | None:
    return None if value is None else require_text(value, f"{_WHAT}, {name}")
