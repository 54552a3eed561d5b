"""Ask a committee, look at what is asked, answer it, put it to the next meeting.

* A question, its answer and what is hidden are in the log in the same transaction.
* Who asked is kept for the office and committed to; neither pages nor entries show it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from crypto.commitment import new_salt
from crypto.envelope import keyed_digest
from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.db import database_now, transaction
from vote.election.rules import new_uuid
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.law.calendar import day_after
from vote.law.holiday import is_rest_day
from vote.law.measure import Period
from vote.law.place import offered_profiles
from vote.law.profile import Value
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.inquiry.personal import cut
from vote.oversight.inquiry.rules import (
    ANSWER,
    ASKER,
    QUESTION,
    RECENT,
    SIGNATURE,
    Inquiry,
    Manner,
    Piece,
    Question,
    answered_facts,
    commit_piece,
    commit_text,
    find_wrong_answer,
    find_wrong_question,
    hidden_facts,
    needs_look,
    raised_facts,
    require_hidable,
    require_room,
)
from vote.oversight.inquiry.store import InquiryStore, StoredInquiry
from vote.oversight.record.fields import ValuesRefusedError
from vote.oversight.record.rules import Redaction, china_day
from vote.oversight.record.service import Hiding
from vote.oversight.record.store import RecordStore
from vote.role import Actor
from vote.roll.store import RollStore

CLOCK = "inquiry_answer"
"""The profile's name of the days to answer in."""


@dataclass(frozen=True, slots=True)
class InquiryService:
    """Inquiries of all estates."""

    store: InquiryStore
    records: RecordStore
    estates: EstateStore
    rolls: RollStore
    log: LogStore
    events: EventService
    rng: Randomness
    home_key: bytes = field(repr=False)
    """Makes the digests by which a home's questions are counted."""

    async def ask(self, estate: str, question: Question, entitlement: int, by: Actor | None) -> str:
        """Ask in the name of an owner; return the inquiry's number.

        Args:
            estate: whose committee is asked.
            question: what.
            entitlement: the owner's row in a roll of this estate.
            by: who wrote it down at the desk; None where the owner did.

        Raises:
            ValuesRefusedError: a part of the question does not fit.
            RefusedError: there is no such estate or record, or this home asked too much.
        """
        self.require(question)
        place = await self.estates.get_estate(estate)
        if question.about:
            await self.records.get(estate, question.about)
        owner = await self.rolls.entitlement(entitlement)
        homes = "、".join(sorted(owner.homes))
        home = keyed_digest(self.home_key, "inquiry-home", f"{estate}/{homes}").hex()
        async with transaction():
            await self.estates.hold(estate)
            now = await database_now()
            require_room(await self.store.count_open(home), await self.store.count_since(home, now - RECENT))
            named = question.manner is Manner.NAMED
            inquiry = Inquiry(
                new_uuid(self.rng),
                estate,
                question.about,
                question.manner,
                now,
                self._due(place.county, now),
                needs_look(question),
                self._commit(QUESTION, question.text),
                self._commit_one(SIGNATURE, question.signature) if named else None,
            )
            asker = self._commit_one(ASKER, homes)
            await self.store.add(inquiry, asker, entitlement=entitlement, home=home, by=by.account if by else None)
            await self.log.append(estate, Kind.INQUIRY_RAISED, raised_facts(inquiry, asker), now)
            if by is not None:
                await self.events.record(by, EventKind.INQUIRY_RAISED, estate=estate, entitlement=entitlement)
        return inquiry.uuid

    def require(self, question: Question) -> None:
        """Raise unless a question can be asked.

        Raises:
            ValuesRefusedError: a part of it does not fit.
        """
        if errors := find_wrong_question(question):
            raise ValuesRefusedError(errors)

    async def release(self, estate: str, uuid: str, hiding: Hiding | None, by: Actor) -> None:
        """Let everybody read a question that was held, with pieces hidden or without.

        Raises:
            RefusedError: there is no such inquiry, it is not held, or a piece is not there.
        """
        async with transaction():
            stored = await self.store.get(estate, uuid, lock=True)
            if not stored.public.held:
                raise RefusedError(
                    Reason.WRONG_STATE, "Somebody looked at this question already.", zh="这条询问已经有人看过了。"
                )
            await self.store.release(stored.id)
            await self._hide(stored, hiding, by)
            await self.events.record(by, EventKind.INQUIRY_CHECKED, estate=estate)

    async def hide(self, estate: str, uuid: str, hiding: Hiding, by: Actor) -> None:
        """Hide pieces of an inquiry for ever.

        Raises:
            RefusedError: there is no such inquiry, or a piece is not there or hidden already.
        """
        async with transaction():
            stored = await self.store.get(estate, uuid, lock=True)
            await self._hide(stored, hiding, by)
            await self.events.record(by, EventKind.INQUIRY_CHECKED, estate=estate, count=len(hiding.names))

    async def answer(self, estate: str, uuid: str, text: str, by: Actor, *, looked: bool) -> None:
        """Answer an inquiry, for everybody to read.

        Raises:
            ValuesRefusedError: the text cannot be an answer.
            RefusedError: there is no such inquiry, or it is answered.
        """
        wrong = find_wrong_answer(text, looked=looked)
        if wrong is not None:
            raise ValuesRefusedError({"answer": wrong})
        async with transaction():
            stored = await self.store.get(estate, uuid, lock=True)
            if stored.public.answered_at is not None:
                raise RefusedError(Reason.CONFLICT, "This inquiry is answered already.", zh="这条询问已经答复过了。")
            now = await database_now()
            pieces = self._commit(ANSWER, text)
            await self.store.answer(stored, pieces, now, by=by.account)
            await self.log.append(estate, Kind.INQUIRY_ANSWERED, answered_facts(uuid, china_day(now), pieces), now)
            await self.events.record(by, EventKind.INQUIRY_ANSWERED, estate=estate)

    async def table(self, estate: str, uuid: str, by: Actor) -> None:
        """Put an inquiry on the list of the next meeting.

        Raises:
            RefusedError: there is no such inquiry, or it stands there.
        """
        async with transaction():
            stored = await self.store.get(estate, uuid, lock=True)
            if stored.public.tabled_at is not None:
                raise RefusedError(
                    Reason.CONFLICT, "This inquiry stands on the list already.", zh="这条询问已经列入下次会议了。"
                )
            now = await database_now()
            await self.store.table(stored.id, now, by=by.account)
            await self.log.append(estate, Kind.INQUIRY_TABLED, {"inquiry": uuid, "on": china_day(now).isoformat()}, now)
            await self.events.record(by, EventKind.INQUIRY_TABLED, estate=estate)

    async def asker(self, estate: str, uuid: str, by: Actor) -> tuple[str, ...]:
        """Return the homes of whoever asked, for the office; the look is written down.

        Raises:
            RefusedError: there is no such inquiry.
        """
        async with transaction():
            stored = await self.store.get(estate, uuid)
            await self.events.record(by, EventKind.ASKER_SEEN, estate=estate, entitlement=stored.entitlement)
        return (await self.rolls.entitlement(stored.entitlement)).homes

    async def get(self, estate: str, uuid: str) -> StoredInquiry:
        """Return an inquiry of an estate.

        Raises:
            RefusedError: it has none of this number.
        """
        return await self.store.get(estate, uuid)

    async def listed(self, estate: str, *, about: str = "", tabled: bool = False) -> list[StoredInquiry]:
        """Return inquiries of an estate, the latest first: all, those about a record, those for the next meeting."""
        return await self.store.listed(estate, about=about, tabled=tabled)

    async def homes(self, estate: str) -> dict[int, tuple[str, ...]]:
        """Return the homes of an estate's owners by the row of the entitlement; none where no roll is frozen."""
        roll = await self.store.roll(estate)
        return {} if roll is None else {each.id: each.homes for each in await self.rolls.entitlements(roll)}

    async def clock(self, county: str) -> Value:
        """Return the rule about the days to answer in that holds today."""
        return offered_profiles(county)[0].value(CLOCK, on=china_day(await database_now()))

    async def today(self) -> date:
        """Return the day as the law counts it."""
        return china_day(await database_now())

    def _due(self, county: str, now: datetime) -> date:
        nearest, *_ = offered_profiles(county)
        period = nearest.read(Period, CLOCK, on=china_day(now))
        return day_after(china_day(now), period, is_rest_day)

    async def _hide(self, stored: StoredInquiry, hiding: Hiding | None, by: Actor) -> None:
        if hiding is None:
            return
        public = stored.public
        pieces = (*public.question, *([public.signature] if public.signature else []), *public.answer)
        require_hidable(pieces, hiding.names)
        now = await database_now()
        redaction = Redaction(hiding.article, hiding.office, china_day(now))
        await self.store.hide(stored.id, hiding.names, redaction, now, by=by.account)
        facts = hidden_facts(public.uuid, hiding.names, redaction)
        await self.log.append(public.estate, Kind.INQUIRY_REDACTED, facts, now)

    def _commit(self, prefix: str, text: str) -> tuple[Piece, ...]:
        return commit_text(prefix, text, self._salts(len(cut(text))))

    def _commit_one(self, name: str, value: str) -> Piece:
        (salt,) = self._salts(1)
        return Piece(name, commit_piece(name, value, salt), value, salt)

    def _salts(self, count: int) -> Sequence[bytes]:
        return [new_salt(self.rng) for _ in range(count)]
