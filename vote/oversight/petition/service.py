"""Take a petition from its first signature to its answer: collect, check, serve, count the days, tell the log.

* A signature is sealed to the office's card as it comes; the server keeps a keyed digest, so that nobody signs twice, and
  sums. Whoever has both the database and its key could try owners one by one: what is sealed is kept from readers, not
  from the platform's operator at the moment of signing.
* A petition is held while anything about it changes, so sums and signatures never part.
* Nothing here is written down for an owner: events say what was done by whom at the desk, never for whose signature.

Not here: what an owner's or a paper's signature needs (`signing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crypto.commitment import new_salt
from crypto.envelope import keyed_digest
from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.election.rules import new_uuid
from vote.errors import Reason
from vote.estate.store import EstatePlace, EstateStore
from vote.law.holiday import is_rest_day
from vote.law.library import load_profile
from vote.law.measure import Measure
from vote.law.place import offered_profiles
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.duty.rules import Event, Happening
from vote.oversight.duty.store import DutyStore
from vote.oversight.petition import rules
from vote.oversight.petition.rules import LineState, PetitionKind, PetitionState, Strike, Threshold, refusal
from vote.oversight.petition.sealing import Signer, commit_area, require_recipient, seal_signer
from vote.oversight.petition.store import Card, NewLine, NewPetition, PetitionStore, StoredPetition
from vote.oversight.record.store import RecordStore
from vote.role import Actor
from vote.roll.store import StoredEntitlement

_MARK = "petition-signer"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to ask; `uuid` is drawn beforehand, as it is signed."""

    uuid: str
    kind: PetitionKind
    text: str
    member: str = ""


@dataclass(frozen=True, slots=True)
class StrikeMade:
    """A signature that the office strikes, with its area shown against the commitment."""

    line: int
    why: Strike
    area_dm2: int
    salt: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the office found: the signatures that it looked at, those that it strikes, and by when an answer is due."""

    seen: Sequence[int]
    strikes: Sequence[StrikeMade]
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A petition with what it needs."""

    stored: StoredPetition
    needed: Threshold
    state: PetitionState
    """As it stands today."""

    @property
    def reached(self) -> bool:
        """Whether what was signed, as far as it was not struck, is enough."""
        return self.needed.met(self.stored.signed, self.stored.electorate)


@dataclass(frozen=True, slots=True)
class PetitionService:
    """Petitions of all estates."""

    store: PetitionStore
    estates: EstateStore
    records: RecordStore
    duties: DutyStore
    log: LogStore
    events: EventService
    key: bytes = field(repr=False)
    """Makes the digests by which an owner's signature is found again."""
    rng: Randomness

    def draw_number(self) -> str:
        """Return the number of a petition to be."""
        return new_uuid(self.rng)

    async def make_card(self, estate: str, recipient: str, by: Actor) -> None:
        """Keep the public half of the office's card; petitions that begin from now on are sealed to it.

        Raises:
            RefusedError: there is no such estate, or this is no card.
        """
        await self.estates.get_estate(estate)
        public = require_recipient(recipient)
        async with transaction():
            await self.store.add_card(estate, public, await database_now(), by.account)
            await self.events.record(by, EventKind.PETITION_CARD, estate=estate)

    async def card(self, estate: str) -> Card | None:
        """Return the card in force of an estate."""
        return await self.store.card(estate)

    async def kinds(self, estate: str) -> tuple[tuple[PetitionKind, Threshold], ...]:
        """Return what the owners of an estate may ask together, by the rules of the place.

        Raises:
            RefusedError: there is no such estate.
        """
        place = await self.estates.get_estate(estate)
        nearest, *_ = offered_profiles(place.county)
        return rules.offered(nearest, (await _today()))

    async def open(self, estate: str, asked: Asked, roll: int, election: str | None, starter: int) -> StoredPetition:
        """Begin a petition inside a transaction; its first signature follows in the same one.

        Raises:
            RefusedError: it is not whole, the rules of the place do not know it, its number is taken, or no card was made.
        """
        place: EstatePlace = await self.estates.get_estate(estate)
        petition = rules.Petition(asked.uuid, estate, asked.kind, asked.text, asked.member)
        rules.require_petition(petition)
        card = await self.store.card(estate)
        if card is None:
            raise refusal(
                Reason.WRONG_STATE,
                "The community has not made its card for checking signers yet: ask it to.",
                zh="社区还没有准备好核对签名的卡，请先告诉社区。",
            )
        if await self.store.exists(asked.uuid):
            raise refusal(Reason.CONFLICT, "This number is taken: begin anew.", zh="请重新打开这个页面再填。")
        profile, *_ = offered_profiles(place.county)
        now = await database_now()
        today = now.astimezone(CHINA).date()
        needed = rules.threshold(profile, asked.kind, today)
        expires_on = rules.last_day(today, needed.collects, is_rest_day)
        mark = self.mark(asked.uuid, starter)
        await self.store.add(NewPetition(petition, roll, election, card.id, profile.reference, today, expires_on, mark))
        stored = await self.store.get(estate, asked.uuid, lock=True)
        facts = rules.started_facts(petition, stored.electorate, expires_on)
        await self.log.append(estate, Kind.PETITION_STARTED, facts, now)
        return stored

    def mark(self, uuid: str, entitlement: int) -> str:
        """Return the digest by which the signature of an owner (the number in the roll) is found again."""
        return keyed_digest(self.key, _MARK, f"{uuid}/{entitlement}").hex()

    async def add_line(
        self,
        stored: StoredPetition,
        owner: StoredEntitlement,
        *,
        word: str = "",
        serial: str | None = None,
        photo: bytes | None = None,
        photo_sha256: str = "",
        entered_by: str | None = None,
    ) -> None:
        """Keep an owner's signature, sealed; the petition is held."""
        uuid = stored.asked.uuid
        number, salt = await self.store.next_number(stored.id), new_salt(self.rng)
        signer = Signer(
            uuid, number, owner.number, owner.homes, owner.masked_owner, owner.area_dm2, salt, serial or "", photo_sha256, word
        )  # fmt: skip
        await self.store.add_line(
            stored.id,
            NewLine(
                number,
                self.mark(uuid, owner.number),
                commit_area(owner.area_dm2, salt),
                seal_signer(stored.recipient, signer),
                serial,
                photo,
                entered_by,
            ),
        )
        if serial is None:
            await self.count(stored, Measure(1, owner.area_dm2))

    async def count(self, stored: StoredPetition, more: Measure) -> None:
        """Add to the sums of a petition, which is held."""
        total = stored.signed + more
        await self.store.change(stored.id, {"heads": total.heads, "area_dm2": total.area_dm2})

    async def get(self, estate: str, uuid: str) -> Standing:
        """Return a petition and how it stands.

        Raises:
            RefusedError: the estate has none of this number.
        """
        return _standing(await self.store.get(estate, uuid), await _today())

    async def listed(self, estate: str) -> list[Standing]:
        """Return the petitions of an estate, the latest first."""
        today = await _today()
        return [_standing(each, today) for each in await self.store.listed(estate)]

    async def waiting(self, estate: str, uuid: str) -> int:
        """Return how many papers wait for a second person."""
        stored = await self.store.get(estate, uuid)
        return await self.store.count(stored.id, LineState.WAITING)

    async def signers(self, estate: str, uuid: str, by: Actor) -> list[tuple[int, bytes]]:
        """Return the sealed signers of a petition for whoever has the card; it is written down first."""
        stored = await self.store.get(estate, uuid)
        found = await self.store.sealed(stored.id)
        await self.events.record(by, EventKind.PETITION_SEEN, estate=estate, count=len(found))
        return found

    async def photo(self, estate: str, uuid: str, number: int) -> bytes:
        """Return the sealed photo of a paper.

        Raises:
            RefusedError: there is none.
        """
        stored = await self.store.get(estate, uuid)
        found = await self.store.photo(stored.id, number)
        if found is None:
            raise refusal(Reason.NOT_FOUND, "This signature has no paper.", zh="这一条没有纸质签名的照片。")
        return found

    async def check(self, estate: str, uuid: str, checked: Checked, by: Actor) -> bool:
        """Strike what does not count, and serve the petition if what is left reaches the share; return whether it does.

        Raises:
            RefusedError: it takes no signatures any more, the list has changed, a strike does not open its commitment, or
                the office has to set the day of the answer.
        """
        async with transaction():
            now = await database_now()
            today = now.astimezone(CHINA).date()
            stored = await self.store.get(estate, uuid, lock=True)
            rules.require_collecting(stored.state, today, stored.expires_on)
            counted = {each.number: each for each in await self.store.counted(stored.id)}
            rules.require_whole_list(checked.seen, tuple(counted))
            gone = Measure(0, 0)
            for each in checked.strikes:
                line = counted.pop(each.line, None)
                if line is None or commit_area(each.area_dm2, each.salt) != line.area_commitment:
                    raise refusal(
                        Reason.MALFORMED,
                        "A signature that is struck is not on the list, or its area is another: open the list again.",
                        zh="剔除的签名对不上名单，请重新打开名单再核对。",
                    )
                gone += Measure(1, each.area_dm2)
            await self.store.strike(stored.id, [(each.line, each.why) for each in checked.strikes])
            left, struck = stored.signed - gone, stored.struck + len(checked.strikes)
            values: dict[str, object] = {"heads": left.heads, "area_dm2": left.area_dm2, "struck": struck}
            needed = _needed(stored)
            served = needed.met(left, stored.electorate)
            if served:
                due_on = rules.due_day(needed, today, checked.due_on, is_rest_day)
                values |= {"state": PetitionState.SERVED, "served_on": today, "due_on": due_on}
            await self.store.change(stored.id, values)
            await self.events.record(by, EventKind.PETITION_CHECKED, estate=estate, count=len(checked.seen))
            if served:
                sealed = [each for _, each in await self.store.sealed(stored.id)]
                facts = rules.served_facts(uuid, left, struck, sealed, due_on)
                await self.log.append(estate, Kind.PETITION_SERVED, facts, now)
                await self._start_duty(stored, today)
        return served

    async def reply(self, estate: str, uuid: str, text: str, by: Actor) -> None:
        """Print a member's reply beside the petition for recall, once.

        Raises:
            RefusedError: it is no recall, it is over, there is a reply, or the text is empty or too long.
        """
        async with transaction():
            today = await _today()
            stored = await self.store.get(estate, uuid, lock=True)
            rules.require_reply(stored.asked.kind, stored.state, stored.reply, text)
            await self.store.change(stored.id, {"reply": text, "replied_on": today})
            await self.events.record(by, EventKind.PETITION_REPLIED, estate=estate)

    async def answer(self, estate: str, uuid: str, record: str, by: Actor) -> None:
        """Answer a petition that was served with a public record, in time or late.

        Raises:
            RefusedError: it was not served, is answered, or there is no such record.
        """
        async with transaction():
            now = await database_now()
            today = now.astimezone(CHINA).date()
            stored = await self.store.get(estate, uuid, lock=True)
            rules.require_answerable(stored.state)
            await self.records.get(estate, record)
            values = {"state": PetitionState.ANSWERED, "answered_on": today, "answer": record}
            await self.store.change(stored.id, values)
            await self.log.append(estate, Kind.PETITION_ANSWERED, rules.answered_facts(uuid, record, today), now)
            await self.events.record(by, EventKind.PETITION_ANSWERED, estate=estate)

    async def end(self, stored: StoredPetition, starter: str) -> None:
        """Withdraw a petition, which is held, inside a transaction.

        Args:
            stored: the petition.
            starter: the mark of whoever asks for it.

        Raises:
            RefusedError: somebody else began it.
        """
        if starter != stored.starter:
            raise refusal(
                Reason.NOT_ALLOWED,
                "Only whoever began a petition may withdraw it.",
                zh="只有发起人可以撤回整份联名；您可以撤回自己的签名。",
            )
        now = await database_now()
        values = {"state": PetitionState.WITHDRAWN, "ended_on": now.astimezone(CHINA).date()}
        await self.store.change(stored.id, values)
        facts = rules.ended_facts(stored.asked.uuid, stored.signed)
        await self.log.append(stored.asked.estate, Kind.PETITION_WITHDRAWN, facts, now)

    async def _start_duty(self, stored: StoredPetition, today: date) -> None:
        """Let the committee's duty of an audit begin, where its duties are kept."""
        asked = stored.asked
        if asked.kind is PetitionKind.AUDIT and await self.duties.since(asked.estate) is not None:
            happening = Happening(Event.OWNERS_DEMAND_AUDIT, today, asked.uuid)
            await self.duties.add_happening(asked.estate, happening, await database_now())


def _standing(stored: StoredPetition, today: date) -> Standing:
    state = rules.state_on(stored.state, today, stored.expires_on, stored.due_on)
    return Standing(stored, _needed(stored), state)


def _needed(stored: StoredPetition) -> Threshold:
    name, _, version = stored.profile.partition("@")
    return rules.threshold(load_profile(name, version), stored.asked.kind, stored.started_on)


async def _today() -> date:
    return (await database_now()).astimezone(CHINA).date()
