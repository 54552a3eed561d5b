"""Queries about elections."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tortoise.expressions import Q

from vote.db import fits, hold_row, transaction
from vote.election.annulment import Why
from vote.election.ask import Ask, decode_ask, encode_ask
from vote.election.models import Annulment, Election, ElectionOffice, LawfulChange
from vote.election.rules import Draft, Secrecy, State
from vote.election.terms import Changes, decode_changes, encode_changes
from vote.errors import ContradictionError, Reason, RefusedError


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """What sealing fixed: the manifest and the three set-up files of the archive."""

    manifest: bytes
    election: bytes
    trustees: bytes
    credentials: bytes
    fingerprint: str
    parts: bytes | None = None
    """parts.json, if voting keys have two parts."""


@dataclass(frozen=True, slots=True)
class StoredElection:
    """An election as the database has it."""

    uuid: str
    state: State
    draft: Draft
    sealed_at: datetime | None
    noticed_at: datetime | None
    opened_at: datetime | None
    extended_to: datetime | None
    ended_at: datetime | None
    """When somebody first saw that voting was over; it stays over, whatever the clock says afterwards."""
    closed_at: datetime | None
    files: SealedFiles | None

    @property
    def closes_at(self) -> datetime:
        """When voting ends, extensions included."""
        return self.extended_to or self.draft.closes_at

    def sealed(self) -> SealedFiles:
        """Return the sealed files of an election that is past its draft.

        Raises:
            ContradictionError: there are none.
        """
        if self.files is None:
            raise ContradictionError(f"election {self.uuid} is {self.state} and has no sealed files")
        return self.files


@dataclass(frozen=True, slots=True)
class Polls:
    """What accepting a ballot needs of an election."""

    uuid: str
    estate: str
    state: State
    opens_at: datetime
    closes_at: datetime
    ended: bool
    """Whether somebody saw already that voting was over."""
    election: bytes
    """election.json; empty while the election is a draft."""
    fingerprint: str
    two_parts: bool


class ElectionStore:
    """Elections in the database."""

    async def add(self, uuid: str, draft: Draft) -> None:
        """Keep a new draft."""
        await Election.create(
            uuid=uuid,
            estate_id=draft.estate,
            roll_id=draft.roll,
            state=State.DRAFT,
            draft=_encode_draft(draft),
            opens_at=draft.opens_at,
            closes_at=draft.closes_at,
        )

    async def get(self, uuid: str, *, lock: bool = False) -> StoredElection:
        """Return an election; with `lock`, nobody else changes it until the transaction ends.

        Raises:
            RefusedError: there is none of this uuid.
        """
        query = Election.filter(uuid=uuid)
        row = await (query.select_for_update() if lock else query).first() if fits(Election, "uuid", uuid) else None
        if row is None:
            raise _unknown()
        return _stored(row)

    async def polls(self, uuid: str) -> Polls:
        """Return what accepting a ballot needs, without the large files.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        columns = (
            "estate_id",
            "state",
            "opens_at",
            "closes_at",
            "extended_to",
            "ended_at",
            "election_json",
            "fingerprint",
        )
        row = await Election.filter(uuid=uuid).first().values(*columns, "draft")
        if row is None:
            raise _unknown()
        return Polls(
            uuid,
            row["estate_id"],
            State(row["state"]),
            row["opens_at"].astimezone(UTC),
            (row["extended_to"] or row["closes_at"]).astimezone(UTC),
            row["ended_at"] is not None,
            bytes(row["election_json"] or b""),
            row["fingerprint"] or "",
            row["draft"]["credential_parts"] > 1,
        )

    async def hold(self, uuid: str) -> None:
        """Keep an election in its state until the transaction ends; others may hold it too, nobody moves it on.

        Raises:
            RefusedError: nothing can have this uuid.
        """
        if not fits(Election, "uuid", uuid):
            raise _unknown()
        await hold_row("election", "uuid", uuid)

    async def of_estate(self, estate: str) -> list[StoredElection]:
        """Return the elections of an estate, the latest first."""
        if not fits(Election, "estate_id", estate):
            return []
        return [_stored(row) for row in await Election.filter(estate_id=estate).order_by("-opens_at", "uuid")]

    async def due(self, now: datetime) -> list[str]:
        """Return the open elections whose time is up."""
        over = Q(Q(ended_at__isnull=False), _is_over(now), join_type="OR")
        rows = await Election.filter(over, state=State.OPEN).values("uuid")
        return [row["uuid"] for row in rows]

    async def to_open(self, now: datetime) -> list[str]:
        """Return the elections that were given notice of and whose time has come."""
        rows = await Election.filter(state=State.NOTICED, opens_at__lte=now).values("uuid")
        return [row["uuid"] for row in rows]

    async def running_on(self, roll: int) -> list[str]:
        """Return the elections of a roll that are sealed and not closed, the one that was sealed first first."""
        rows = Election.filter(roll_id=roll, state__in=(State.SEALED, State.NOTICED, State.OPEN))
        return [row["uuid"] for row in await rows.order_by("sealed_at", "uuid").values("uuid")]

    async def persons(self, uuid: str, role: str) -> set[str]:
        """Return who holds a duty in an election, as keyed digests."""
        rows = await Election.filter(uuid=uuid, role_keys__role=role).values(person="role_keys__person")
        return {row["person"] for row in rows}

    async def is_checked(self, uuid: str) -> bool:
        """Whether the ballots were checked, so that they are published; they stay so if the election is annulled later."""
        return await Election.filter(uuid=uuid, check__isnull=False).exists()

    async def in_state(self, state: State) -> list[str]:
        """Return the elections that are in a state."""
        rows = await Election.filter(state=state).values("uuid")
        return [row["uuid"] for row in rows]

    async def seal(self, uuid: str, files: SealedFiles, now: datetime) -> None:
        """Fix an election's files."""
        await self._step(
            uuid,
            State.DRAFT,
            state=State.SEALED,
            manifest=files.manifest,
            election_json=files.election,
            trustees_json=files.trustees,
            credentials_json=files.credentials,
            parts_json=files.parts,
            fingerprint=files.fingerprint,
            sealed_at=now,
        )

    async def notice(self, uuid: str, now: datetime) -> None:
        """Note that owners were given notice."""
        await self._step(uuid, State.SEALED, state=State.NOTICED, noticed_at=now)

    async def open(self, uuid: str, now: datetime) -> None:
        """Open the polls."""
        await self._step(uuid, State.NOTICED, state=State.OPEN, opened_at=now)

    async def extend(self, uuid: str, until: datetime) -> None:
        """Let voting go on."""
        await self._step(uuid, State.OPEN, extended_to=until)

    async def end(self, uuid: str, now: datetime) -> None:
        """Note that voting is over, if it is by now and was not noted before."""
        if not fits(Election, "uuid", uuid):
            return
        # Asked again here, since it may just have been extended.
        await Election.filter(_is_over(now), uuid=uuid, state=State.OPEN, ended_at__isnull=True).update(ended_at=now)

    async def close(self, uuid: str, now: datetime) -> None:
        """Close the polls."""
        await self._step(uuid, State.OPEN, state=State.CLOSED, closed_at=now)

    async def advance(self, uuid: str, before: State, after: State) -> None:
        """Set the state that follows."""
        await self._step(uuid, before, state=after)

    async def keep_office(self, uuid: str, office: str, document: bytes) -> None:
        """Keep the keys of an office, in place of earlier ones."""
        await ElectionOffice.update_or_create(election_id=uuid, office=office, defaults={"document": document})

    async def offices(self, uuid: str) -> dict[str, bytes]:
        """Return the documents that offices handed in."""
        rows = await ElectionOffice.filter(election_id=uuid).values("office", "document")
        return {row["office"]: bytes(row["document"]) for row in rows}

    async def add_change(self, uuid: str, kind: str, body: bytes, now: datetime) -> None:
        """Keep a lawful change."""
        await LawfulChange.create(election_id=uuid, kind=kind, body=body, happened_at=now)

    async def changes(self, uuid: str) -> list[bytes]:
        """Return the lawful changes in the order made."""
        return [body for body, _ in await self.dated_changes(uuid)]

    async def dated_changes(self, uuid: str) -> list[tuple[bytes, datetime]]:
        """Return the lawful changes in the order made, each with its moment."""
        rows = await LawfulChange.filter(election_id=uuid).order_by("id").values_list("body", "happened_at")
        return [(bytes(body), at.astimezone(UTC)) for body, at in rows]

    async def add_annulment(self, uuid: str, why: Why, now: datetime) -> None:
        """Keep why an election was given up."""
        await Annulment.create(election_id=uuid, reason=why, annulled_at=now)

    async def annulment(self, uuid: str) -> tuple[Why, datetime] | None:
        """Return why and when an election was given up."""
        row = await Annulment.get_or_none(election_id=uuid)
        return None if row is None else (Why(row.reason), row.annulled_at.astimezone(UTC))

    async def _step(self, uuid: str, before: State, **changes: Any) -> None:  # noqa: ANN401 - columns of one row
        async with transaction():
            if await Election.filter(uuid=uuid, state=before).update(**changes) != 1:
                raise RefusedError(
                    Reason.WRONG_STATE,
                    "The election has moved on meanwhile: look at it again.",
                    zh="这次投票刚刚走到了下一步，请刷新后再看。",
                )


def _is_over(now: datetime) -> Q:
    """Return what holds of elections whose time is up, extensions included."""
    return Q(Q(extended_to__isnull=True, closes_at__lte=now), Q(extended_to__lte=now), join_type="OR")


def _unknown() -> RefusedError:
    return RefusedError(
        Reason.NOT_FOUND, "There is no election of this number.", zh="没有这次投票，请从首页重新点进来。"
    )


def _stored(row: Election) -> StoredElection:
    files = None
    if row.manifest is not None:
        files = SealedFiles(
            bytes(row.manifest),
            bytes(row.election_json or b""),
            bytes(row.trustees_json or b""),
            bytes(row.credentials_json or b""),
            row.fingerprint or "",
            None if row.parts_json is None else bytes(row.parts_json),
        )
    return StoredElection(
        row.uuid,
        State(row.state),
        _decode_draft(row),
        row.sealed_at,
        row.noticed_at,
        row.opened_at,
        row.extended_to.astimezone(UTC) if row.extended_to else None,
        row.ended_at.astimezone(UTC) if row.ended_at else None,
        row.closed_at,
        files,
    )


def _encode_draft(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "profile": draft.profile,
        "secrecy": str(draft.secrecy),
        "trustees": list(draft.trustees),
        "threshold": draft.threshold,
        "asks": [encode_ask(ask) for ask in draft.asks],
        "credential_parts": draft.credential_parts,
        "changes": encode_changes(Changes(draft.extension)),
        "too_few_staff": draft.too_few_staff,
        "desk_phone": draft.desk_phone,
    }


def _decode_draft(row: Election) -> Draft:
    stored = row.draft
    asks: tuple[Ask, ...] = tuple(decode_ask(value, index) for index, value in enumerate(stored["asks"]))
    return Draft(
        estate=row.estate_id,  # type: ignore[attr-defined]  # tortoise adds the column's name
        roll=row.roll_id,  # type: ignore[attr-defined]
        title=stored["title"],
        profile=stored["profile"],
        secrecy=Secrecy(stored["secrecy"]),
        opens_at=row.opens_at.astimezone(UTC),
        closes_at=row.closes_at.astimezone(UTC),
        trustees=tuple(stored["trustees"]),
        threshold=stored["threshold"],
        asks=asks,
        credential_parts=stored["credential_parts"],
        extension=decode_changes(stored["changes"], "the draft's changes").extension,
        too_few_staff=stored["too_few_staff"],
        desk_phone=stored["desk_phone"],
    )
