"""Queries about petitions, their signatures and the cards of those who check them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vote.db import fits
from vote.errors import Reason
from vote.law.measure import Measure
from vote.oversight.petition import rules
from vote.oversight.petition.models import Petition, PetitionCard, PetitionLine
from vote.oversight.petition.rules import LineState, PetitionKind, PetitionState, Strike, refusal
from vote.roll.models import Roll

_LIVE = (LineState.WAITING, LineState.COUNTED)


@dataclass(frozen=True, slots=True)
class Card:
    """The card of the office that checks signers."""

    id: int
    recipient: str


@dataclass(frozen=True, slots=True)
class StoredPetition:
    """A petition as the database has it."""

    id: int
    asked: rules.Petition
    roll: int
    election: str | None
    recipient: str
    profile: str
    started_on: date
    expires_on: date
    starter: str
    state: PetitionState
    signed: Measure
    """What was signed and neither taken back nor struck."""
    electorate: Measure
    struck: int
    reply: str | None
    replied_on: date | None
    served_on: date | None
    due_on: date | None
    answered_on: date | None
    answer: str | None
    lapsed_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class NewPetition:
    """What is kept of a petition when it begins."""

    asked: rules.Petition
    roll: int
    election: str | None
    card: int
    profile: str
    started_on: date
    expires_on: date
    starter: str


@dataclass(frozen=True, slots=True)
class Line:
    """A signature, without whose it is."""

    id: int
    number: int
    state: LineState
    mark: str
    area_commitment: bytes
    serial: str | None
    entered_by: str | None
    back_by: str | None


@dataclass(frozen=True, slots=True)
class NewLine:
    """A signature that comes."""

    number: int
    mark: str
    area_commitment: bytes
    sealed: bytes
    serial: str | None = None
    photo: bytes | None = None
    entered_by: str | None = None


class PetitionStore:
    """Petitions in the database."""

    async def add_card(self, estate: str, recipient: str, now: datetime, by: int | None) -> None:
        """Keep the public half of a card; from now on petitions are sealed to it."""
        await PetitionCard.create(estate_id=estate, recipient=recipient, made_at=now, made_by_id=by)

    async def card(self, estate: str) -> Card | None:
        """Return the card in force of an estate."""
        if not fits(PetitionCard, "estate_id", estate):
            return None
        row = await PetitionCard.filter(estate_id=estate).order_by("-id").first()
        return Card(row.id, row.recipient) if row else None

    async def latest_roll(self, estate: str) -> int | None:
        """Return the roll of an estate that was frozen last."""
        row = await Roll.filter(estate_id=estate, state="frozen").order_by("-frozen_at", "-id").first()
        return row.id if row else None

    async def add(self, new: NewPetition) -> int:
        """Keep a petition that begins; return its row."""
        asked = new.asked
        row = await Petition.create(
            uuid=asked.uuid,
            estate_id=asked.estate,
            roll_id=new.roll,
            election_id=new.election,
            card_id=new.card,
            kind=asked.kind,
            text=asked.text,
            member=asked.member,
            profile=new.profile,
            started_on=new.started_on,
            expires_on=new.expires_on,
            starter=new.starter,
            state=PetitionState.COLLECTING,
            heads=0,
            area_dm2=0,
            struck=0,
        )
        return row.id

    async def exists(self, uuid: str) -> bool:
        """Whether any estate has a petition of this number."""
        return await Petition.filter(uuid=uuid).exists()

    async def get(self, estate: str, uuid: str, *, lock: bool = False) -> StoredPetition:
        """Return a petition of an estate; with `lock`, nobody else changes it until the transaction ends.

        Raises:
            RefusedError: it has none of this number.
        """
        if fits(Petition, "estate_id", estate) and fits(Petition, "uuid", uuid):
            if lock:
                await Petition.filter(estate_id=estate, uuid=uuid).select_for_update().first()
            row = await Petition.filter(estate_id=estate, uuid=uuid).select_related("card", "roll").first()
            if row is not None:
                return _stored(row)
        raise refusal(
            Reason.NOT_FOUND, "This estate has no such petition.", zh="没有这份联名，请从小区的页面重新点进来。"
        )

    async def listed(self, estate: str) -> list[StoredPetition]:
        """Return the petitions of an estate, the latest first."""
        if not fits(Petition, "estate_id", estate):
            return []
        rows = await Petition.filter(estate_id=estate).order_by("-id").select_related("card", "roll")
        return [_stored(row) for row in rows]

    async def running(self) -> list[StoredPetition]:
        """Return the petitions whose clock runs, of every estate."""
        states = (PetitionState.COLLECTING, PetitionState.SERVED)
        rows = await Petition.filter(state__in=states).order_by("id").select_related("card", "roll")
        return [_stored(row) for row in rows]

    async def change(self, petition: int, values: Mapping[str, object]) -> None:
        """Change columns of a petition, which is held."""
        await Petition.filter(id=petition).update(**values)

    async def next_number(self, petition: int) -> int:
        """Return the number of the next signature of a petition, which is held."""
        return await PetitionLine.filter(petition_id=petition).count() + 1

    async def add_line(self, petition: int, new: NewLine) -> None:
        """Keep a signature; one on paper waits for the second person."""
        await PetitionLine.create(
            petition_id=petition,
            number=new.number,
            state=LineState.COUNTED if new.serial is None else LineState.WAITING,
            mark=new.mark,
            area_commitment=new.area_commitment,
            sealed=new.sealed,
            serial=new.serial,
            photo=new.photo,
            entered_by=new.entered_by,
        )

    async def live(self, petition: int, mark: str) -> Line | None:
        """Return an owner's signature that counts or waits."""
        row = await PetitionLine.filter(petition_id=petition, mark=mark, state__in=_LIVE).first()
        return _line(row) if row else None

    async def by_serial(self, petition: int, serial: str) -> Line | None:
        """Return the signature on a paper."""
        row = await PetitionLine.filter(petition_id=petition, serial=serial).first()
        return _line(row) if row else None

    async def change_line(self, line: int, values: Mapping[str, object]) -> None:
        """Change columns of a signature."""
        await PetitionLine.filter(id=line).update(**values)

    async def counted(self, petition: int) -> list[Line]:
        """Return the signatures that count."""
        rows = await PetitionLine.filter(petition_id=petition, state=LineState.COUNTED).order_by("number")
        return [_line(row) for row in rows]

    async def count(self, petition: int, state: LineState) -> int:
        """Return how many signatures are in a state."""
        return await PetitionLine.filter(petition_id=petition, state=state).count()

    async def sealed(self, petition: int) -> list[tuple[int, bytes]]:
        """Return number and sealed signer of the signatures that count."""
        rows = PetitionLine.filter(petition_id=petition, state=LineState.COUNTED).order_by("number")
        return [(number, bytes(sealed)) for number, sealed in await rows.values_list("number", "sealed")]

    async def photo(self, petition: int, number: int) -> bytes | None:
        """Return the sealed photo of a paper."""
        row = await PetitionLine.get_or_none(petition_id=petition, number=number)
        return bytes(row.photo) if row and row.photo is not None else None

    async def strike(self, petition: int, strikes: Sequence[tuple[int, Strike]]) -> None:
        """Strike signatures by their numbers."""
        for number, why in strikes:
            rows = PetitionLine.filter(petition_id=petition, number=number)
            await rows.update(state=LineState.STRUCK, strike=why)


def _stored(row: Petition) -> StoredPetition:
    return StoredPetition(
        row.id,
        rules.Petition(row.uuid, row.estate_id, PetitionKind(row.kind), row.text, row.member),  # type: ignore[attr-defined]
        row.roll.id,
        row.election_id,  # type: ignore[attr-defined]
        row.card.recipient,
        row.profile,
        row.started_on,
        row.expires_on,
        row.starter,
        PetitionState(row.state),
        Measure(row.heads, row.area_dm2),
        Measure(row.roll.heads, row.roll.area_dm2),
        row.struck,
        row.reply,
        row.replied_on,
        row.served_on,
        row.due_on,
        row.answered_on,
        row.answer,
        row.lapsed_on,
        row.ended_on,
    )


def _line(row: PetitionLine) -> Line:
    return Line(
        row.id,
        row.number,
        LineState(row.state),
        row.mark,
        bytes(row.area_commitment),
        row.serial,
        row.entered_by,
        row.back_by,
    )
