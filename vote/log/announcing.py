"""Puts in force who watches an estate's log, and lets the log say so.

 * Whoever does it has to declare that nobody of the property firm counts for the quorum: a key does not show whose it is.
 * The entry `policy:announced` holds the SHA-256 of the file that stands beside the log from then on.

Not here: what a policy may be (`policy`).
"""

from dataclasses import dataclass
from typing import Protocol

from crypto.encoding import hex_digest
from crypto.log_policy import LogPolicy
from crypto.note import VerifierKey, decode_verifier_key
from vote.db import database_now, transaction
from vote.errors import Reason, RefusedError
from vote.log.keys import LogKeys
from vote.log.log_store import LogRows
from vote.log.policy import changes, counted, published_policy, read_policy
from vote.log.rules import Kind
from vote.log.witness_store import WitnessStore


class Estates(Protocol):
    """The estates that there are."""

    async def get_estate(self, identifier: str) -> object:
        """Return an estate; RefusedError if there is none of this id."""

    async def hold(self, identifier: str) -> None:
        """Let others who hold the estate wait until the transaction ends."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A policy in force."""

    policy: LogPolicy
    counted: tuple[str, ...]
    """The names of the witnesses that count."""
    gone: tuple[str, ...]
    """Lines of the text that are not in force any more."""
    come: tuple[str, ...]
    """Lines that are new."""
    key: VerifierKey
    """Of the log, for the witnesses."""


@dataclass(frozen=True, slots=True)
class Announcing:
    """Policies."""

    estates: Estates
    rows: LogRows
    keys: LogKeys
    store: WitnessStore

    async def announce(self, estate: str, data: bytes, *, without_property_firm: bool) -> Announced:
        """Put a policy in force and let the log say so.

        Args:
            estate: the id.
            data: the policy as its file has it, without lines of logs.
            without_property_firm: whether somebody declared that nobody of the property firm counts for the quorum.

        Raises:
            RefusedError: there is no such estate, nothing would change, nobody declared it, or the policy cannot be used.
        """
        policy = read_policy(data)
        names = counted(policy)
        if not without_property_firm:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                f"These count for the quorum: {', '.join(names)}. Nobody of the property firm may be among them, nor "
                "whoever runs this platform: ask who each of them is, then repeat with --no-property-firm.",
            )
        async with transaction():
            await self.estates.get_estate(estate)
            await self.estates.hold(estate)
            before = await self.store.find_policy(estate)
            if before == policy:
                raise RefusedError(Reason.CONFLICT, "This policy is in force already: nothing was changed.")
            now = await database_now()
            key = await self._key(estate)
            await self.store.put_policy(estate, policy, now)
            digest = hex_digest(published_policy(key, policy))
            await self.store.add_entry(estate, Kind.POLICY_ANNOUNCED, {"policy": digest}, now)
        return Announced(policy, names, *changes(before, policy), key)

    async def _key(self, estate: str) -> VerifierKey:
        log = await self.rows.find(estate)
        return decode_verifier_key(log.verifier_key) if log else self.keys.verifier_key(self.keys.origin(estate, 1))
