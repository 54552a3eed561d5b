"""Write down who looked at personal data or changed what others rely on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vote.account.event_store import EventStore, StoredEvent
from vote.db import database_now
from vote.role import Actor, Role, Visitor


class EventKind(StrEnum):
    """`subject:act`. Add to it, never rename: events are permanent."""

    SIGNED_IN = "account:signed-in"
    PASSKEY_ADDED = "passkey:added"
    PASSKEY_REMOVED = "passkey:removed"
    RECOVERY_MADE = "recovery:made"
    SESSION_ENDED = "session:ended"
    INVITED = "staff:invited"
    GRANTED = "staff:granted"
    REVOKED = "staff:revoked"
    JOINED = "duty:joined"
    KEY_REPLACED = "key:replaced"
    ROLL_SEEN = "roll:seen"
    ROLL_IMPORTED = "roll:imported"
    ROLL_EDITED = "roll:edited"
    ROLL_FROZEN = "roll:frozen"
    PHONE_SEEN = "phone:seen"
    PHONE_CHANGED = "phone:changed"
    OWNER_SEEN = "owner:seen"
    """Who an owner is was shown to somebody on duty."""
    VOTERS_SEEN = "voters:seen"
    """Who has not voted yet was shown."""
    TURNOUT_SEEN = "turnout:seen"
    """Exact turnout was shown while voting is open."""
    REMINDED = "owners:reminded"
    DELIVERY_NOTED = "delivery:noted"
    LETTER_PRINTED = "letter:printed"
    LETTER_JAMMED = "letter:jammed"
    LETTER_FAINT = "letter:faint"
    LETTER_TWICE = "letter:twice"
    LETTER_RENEWED = "letter:renewed"
    """A print is void: it jammed, cannot be read, came twice, or the letter was made anew."""
    ELECTION_PREPARED = "election:prepared"
    ELECTION_SEALED = "election:sealed"
    ELECTION_NOTICED = "election:noticed"
    ELECTION_EXTENDED = "election:extended"
    ELECTION_ANNULLED = "election:annulled"
    CANDIDATE_WITHDRAWN = "candidate:withdrawn"
    ROLL_CORRECTED = "roll:corrected"
    PROFILE_WITHDRAWN = "profile:withdrawn"
    OBJECTION_SEEN = "objection:seen"
    DISPUTE_SEEN = "dispute:seen"
    PARTICIPATION_SEEN = "participation:seen"
    DISPUTE_WRITTEN = "dispute:written"
    DISPUTE_SETTLED = "dispute:settled"
    BALLOTS_CHECKED = "ballots:checked"
    OBJECTION_WRITTEN = "objection:written"
    OBJECTION_MERGED = "objection:merged"
    OBJECTION_ANSWERED = "objection:answered"
    CERTIFICATE_COMPOSED = "certificate:composed"
    CERTIFICATE_SIGNED = "certificate:signed"
    OFFICE_KEYS = "office:keys"
    """An office brought its public keys."""
    DESK_CHECKED = "desk:checked"
    """An owner's identity was checked in person."""


@dataclass(frozen=True, slots=True)
class EventService:
    """What was done in whose name."""

    store: EventStore

    async def record(
        self,
        actor: Actor | Visitor,
        kind: EventKind,
        *,
        estate: str | None = None,
        election: str | None = None,
        roll: int | None = None,
        entitlement: int | None = None,
        count: int = 1,
    ) -> None:
        """Write an event down, in the transaction of what it is about if there is one.

        Args:
            actor: who did it.
            kind: what.
            estate: where; found by itself where an election is named.
            election: in which election, if in one.
            roll: in which roll, by which the estate is found.
            entitlement: the number of the row of the owner concerned, if it is one owner.
            count: how many owners or rows are concerned.
        """
        role, person = (Role.STAFF, "") if isinstance(actor, Visitor) else (actor.role, actor.person)
        if estate is None and roll is not None:
            estate = await self.store.estate_of_roll(roll)
        now = await database_now()
        await self.store.add(StoredEvent(kind, actor.account, role, person, estate, election, entitlement, count, now))

    async def of_account(self, account: int, limit: int = 100) -> list[StoredEvent]:
        """Return what was done in the name of an account, the latest first."""
        return await self.store.of_account(account, limit)

    async def of_entitlement(self, election: str, entitlement: int) -> list[StoredEvent]:
        """Return what concerned one owner in an election, the latest first."""
        return await self.store.of_entitlement(election, entitlement)

    async def of_election(self, election: str) -> list[StoredEvent]:
        """Return every event of an election in its order."""
        return await self.store.of_election(election)

    async def counts(self, *, estate: str | None = None, election: str | None = None) -> Mapping[str, int]:
        """Return how often each kind of event happened in an estate or an election, for the public."""
        return await self.store.counts(estate, election)

    async def last(self, estate: str, kind: EventKind) -> datetime | None:
        """Return when something last happened in an estate."""
        return await self.store.last(estate, kind)
