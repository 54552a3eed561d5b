"""Write down who looked at personal data or changed what others rely on.

* A look is written down before it is shown, a change in the transaction that makes it (`beside`).
* An owner concerned is named by the row in the roll. A look at a list is one event, however long the list is; whom it
  concerns is found when an owner asks (`concern`).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vote.account import concern
from vote.account.event_store import DatedCount, EventStore, StoredEvent
from vote.db import database_now, together_with
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
    KEY_ASKED = "key:asked"
    """In a sealed election a new link was asked for; a second person agrees, or somebody stops it."""
    KEY_AGREED = "key:agreed"
    KEY_KEPT = "key:kept"
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
    LETTERS_SEEN = "letters:seen"
    """What became of letters was shown; who got none has not voted by telephone."""
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
    RECORD_PUBLISHED = "record:published"
    RECORD_REDACTED = "record:redacted"
    """What a committee owes its owners was published, or something in it was hidden by law."""
    PETITION_CARD = "petition:card"
    PETITION_PAPER = "petition:paper"
    """A signature under a petition was entered, or taken back, at the desk; whose it is stands nowhere here."""
    PETITION_SEEN = "petition:seen"
    """The sealed signers of a petition were fetched by whoever checks them."""
    PETITION_CHECKED = "petition:checked"
    PETITION_REPLIED = "petition:replied"
    PETITION_ANSWERED = "petition:answered"
    PETITION_ENDED = "petition:ended"
    DUTIES_KEPT = "duties:kept"
    DUTIES_NOTED = "duties:noted"
    DUTIES_WITHDRAWN = "duties:withdrawn"
    """Something that starts a duty's clock was entered, or taken back as a mistake."""
    DUTIES_FULFILLED = "duties:fulfilled"
    """A record was said to fulfil a duty."""
    DUTIES_PHONES = "duties:phones"
    """Who is told of duties by telephone was changed."""
    BOOK_POSTED = "book:posted"
    BOOK_REDACTED = "book:redacted"
    BOOK_IMPORTED = "book:imported"
    """Something was entered in an estate's books, hidden there by law, or read from a bank's statement."""

    INQUIRY_RAISED = "inquiry:raised"
    INQUIRY_CHECKED = "inquiry:checked"
    INQUIRY_ANSWERED = "inquiry:answered"
    INQUIRY_TABLED = "inquiry:tabled"
    """What an owner asks was written down at the desk, looked at or hidden, answered, put to the next meeting."""
    ASKER_SEEN = "asker:seen"
    """Who asked was shown to the office."""
    INTEREST_DECLARED = "interest:declared"
    INTEREST_EXPLAINED = "interest:explained"
    INTEREST_COMPARED = "interest:compared"
    """A tie was declared, a member abstained or explained, the sub-district compared near names."""
    CASE_BEGUN = "case:begun"
    CASE_NOTED = "case:noted"
    CASE_TAKEN_BACK = "case:taken-back"
    CASE_JOINED = "case:joined"
    """Forming or renewing a committee began, something in it was noted or taken back, a vote was put under it."""


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
        owners: Sequence[int] = (),
        count: int = 1,
    ) -> None:
        """Write an event down, in the transaction of what it is about if there is one.

        Args:
            actor: who did it.
            kind: what.
            estate: where; found by itself where an election or a roll is named.
            election: in which election, if in one.
            roll: in which roll, if no election is named.
            entitlement: the row of the owner concerned, if it is one owner.
            owners: the same by numbers in the roll of the election, else in `roll`; an event for each.
            count: how many owners or rows are concerned, where they are not named; 0 for a list that was empty.
        """
        role, person = (standing(actor), "") if isinstance(actor, Visitor) else (actor.role, actor.person)
        if estate is None and roll is not None:
            estate = await self.store.estate_of_roll(roll)
        rows: Sequence[int | None] = (entitlement,)
        if owners:
            rows, count = await self.store.rows(owners, election=election, roll=roll) or rows, 1
        now = await database_now()
        await self.store.add_all(
            [StoredEvent(kind, actor.account, role, person, estate, election, row, count, now) for row in rows]
        )

    @asynccontextmanager
    async def beside(
        self,
        actor: Actor | Visitor,
        kind: EventKind,
        *,
        estate: str | None = None,
        election: str | None = None,
        roll: int | None = None,
        owners: Sequence[int] = (),
        count: int = 1,
    ) -> AsyncIterator[None]:
        """Write an event down in the transaction of the change that is made inside; see `record`.

        What is refused inside leaves no event, and what is done leaves one whatever happens afterwards.
        """

        async def write() -> None:
            await self.record(actor, kind, estate=estate, election=election, roll=roll, owners=owners, count=count)

        async with together_with(write):
            yield

    async def of_account(self, account: int, limit: int = 100) -> list[StoredEvent]:
        """Return what was done in the name of an account, the latest first."""
        return await self.store.of_account(account, limit)

    async def of_owner(self, election: str, number: int, cast: Sequence[datetime] = ()) -> list[concern.Concern]:
        """Return what concerned one owner of an election, the latest first, and looks at lists that the owner stood on.

        Args:
            election: its uuid.
            number: of the owner in its roll.
            cast: when the owner's ballots came, for lists of those who had not voted.
        """
        place = await self.store.place(election, number)
        if place is None:
            return []
        found = await self.store.around(place)
        return concern.concerns_of(
            [
                concern.Happened(
                    each.kind, each.role, each.account, each.happened_at, each.count, named=each.entitlement is not None
                )
                for each in found
            ],
            cast,
        )

    async def of_election(self, election: str) -> list[StoredEvent]:
        """Return every event of an election in its order."""
        return await self.store.of_election(election)

    async def numbers(self, election: str) -> Mapping[int, int]:
        """Return the numbers of the owners on an election's roll, by the rows that events name."""
        return await self.store.numbers(election)

    async def counts(self, *, estate: str | None = None, election: str | None = None) -> Mapping[str, int]:
        """Return how often each kind of event happened in an estate or an election, for the public."""
        return await self.store.counts(estate, election)

    async def dated(self, election: str, estate: str) -> list[DatedCount]:
        """Return how often each kind of event happened in an election, and to the estate's rolls, and when last."""
        return await self.store.dated(election, estate, concern.ROLL_KINDS)

    async def moments(self, election: str, kinds: Sequence[EventKind]) -> list[StoredEvent]:
        """Return the events of some kinds in an election, in their order."""
        return await self.store.of_kinds(election, kinds)

    async def last(self, estate: str, kind: EventKind) -> datetime | None:
        """Return when something last happened in an estate."""
        return await self.store.last(estate, kind)


def standing(visitor: Visitor) -> Role:
    """Return as what somebody is signed in, where no place says it: staff, else the first of their tasks as roles are listed.

    Whoever has no task any more is told as staff, the role that accounts are invited to.
    """
    held = {duty.role for duty in visitor.duties} | ({Role.COMMITTEE} if visitor.committees else set())
    return Role.STAFF if visitor.grants else next((role for role in Role if role in held), Role.STAFF)
