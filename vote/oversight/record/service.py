"""Publish what a committee owes its owners, correct it, hide in it what the law says must go.

* What is published, and what is hidden, is in the log in the same transaction, and it is written down who did it.
* A correction is a record of its own; the one before stays readable.
* Files are looked at before the transaction.
* Records of an estate are published one after the other, so that their order is that of the log.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from crypto.commitment import new_salt
from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.db import database_now, transaction
from vote.election.rules import new_uuid
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.oversight.record.apart import look_apart
from vote.oversight.record.fields import Value
from vote.oversight.record.kinds import KINDS, RecordKind
from vote.oversight.record.rules import (
    FILES,
    MAX_FILE_BYTES,
    Article,
    Attachment,
    Office,
    PublicRecord,
    Redaction,
    china_day,
    commit_fields,
    is_same,
    published_facts,
    redacted_facts,
    require_redactable,
    require_values,
    spell_file_name,
)
from vote.oversight.record.store import RecordStore, StoredFile, StoredRecord, Wanted
from vote.role import Actor

_NUMBER = re.compile(r"[1-9A-HJ-NP-Za-km-z]{14}")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was chosen."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be published."""

    kind: RecordKind
    values: Mapping[str, Value]
    files: Sequence[NewFile] = ()
    supersedes: str | None = None
    """The record that it corrects."""
    number: str = ""
    """Drawn beforehand, so that a form sent twice publishes once."""


@dataclass(frozen=True, slots=True)
class Hiding:
    """What is to be hidden, by which article, and who decided so."""

    names: Sequence[str]
    article: Article
    office: Office


@dataclass(frozen=True, slots=True)
class RecordService:
    """Records of committees."""

    store: RecordStore
    estates: EstateStore
    log: LogStore
    events: EventService
    rng: Randomness
    now: Callable[[], Awaitable[datetime]] = database_now

    def draw_number(self) -> str:
        """Return the number of a record to be."""
        return new_uuid(self.rng)

    async def publish(self, estate: str, draft: Draft, by: Actor) -> str:
        """Publish a record of an estate; return its number. The same form again changes nothing.

        Raises:
            ValuesRefusedError: its fields do not fit.
            FileRefusedError: an attachment is none that can be published.
            RefusedError: there is no such estate, what it corrects is not there, of another kind or corrected already, or
                another record has its number.
        """
        (uuid,) = await self.publish_all(estate, [draft], by)
        return uuid

    async def publish_all(self, estate: str, drafts: Sequence[Draft], by: Actor) -> list[str]:
        """Publish records of an estate in their order, all or none; return their numbers.

        Raises:
            RefusedError: as `publish`, of the first that does not fit.
        """
        await self.estates.get_estate(estate)
        new = [draft for draft in drafts if await self._again(estate, draft) is None]
        for draft in new:
            _require_whole(draft)
        looked = iter(await asyncio.to_thread(look_apart, [each.content for draft in new for each in draft.files]))
        contents = {id(draft): [next(looked) for _ in draft.files] for draft in new}
        async with transaction():
            await self.estates.hold(estate)
            now = await self.now()
            return [
                await self._again(estate, draft) or await self._add(estate, draft, contents[id(draft)], now, by)
                for draft in drafts
            ]

    async def _again(self, estate: str, draft: Draft) -> str | None:
        """Return the number of a draft that is published already.

        Raises:
            RefusedError: something else is published under its number.
        """
        if not draft.number:
            return None
        if not _NUMBER.fullmatch(draft.number):
            raise RefusedError(
                Reason.MALFORMED, "This is no number of a record: leave it out.", zh="请重新打开这个页面再填。"
            )
        stored = await self.store.find(estate, draft.number)
        if stored is None:
            return None
        if not is_same(stored.public, draft.kind, draft.values, files=len(draft.files), supersedes=draft.supersedes):
            raise RefusedError(
                Reason.CONFLICT,
                "This form was sent already, and its record is published: correct that record to change it.",
                zh="这份记录已经公布过了。要改内容，请打开它，点“更正”。",
            )
        return draft.number

    async def _add(
        self, estate: str, draft: Draft, contents: Sequence[tuple[str, bytes]], now: datetime, by: Actor
    ) -> str:
        files = [
            Attachment(spell_file_name(file.name, media), media, len(content), hashlib.sha256(content).hexdigest())
            for file, (media, content) in zip(draft.files, contents, strict=True)
        ]
        salts = [new_salt(self.rng) for _ in range(len(draft.values) + len(files))]
        fields = commit_fields(draft.kind, draft.values, files, salts)
        before = None if draft.supersedes is None else await self._corrected(estate, draft.supersedes, draft.kind)
        uuid = draft.number or self.draw_number()
        if await self.store.is_taken(uuid):
            raise RefusedError(Reason.CONFLICT, "This number is taken: leave it out.", zh="请重新打开这个页面再填。")
        record = PublicRecord(uuid, estate, draft.kind, now, draft.supersedes, fields)
        await self.store.add(record, contents, before, by.account)
        await self.log.append(estate, Kind.RECORD_PUBLISHED, published_facts(record), now)
        await self.events.record(by, EventKind.RECORD_PUBLISHED, estate=estate)
        return uuid

    async def redact(self, estate: str, uuid: str, hiding: Hiding, by: Actor) -> None:
        """Hide fields of a record for ever.

        Raises:
            RefusedError: there is no such record, or a field is not there, hidden already or the day.
        """
        async with transaction():
            await self.estates.hold(estate)
            now = await self.now()
            stored = await self.store.get(estate, uuid)
            require_redactable(stored.public.fields, hiding.names)
            redaction = Redaction(hiding.article, hiding.office, china_day(now))
            await self.store.redact(stored.id, hiding.names, redaction, now, by=by.account)
            await self.log.append(estate, Kind.RECORD_REDACTED, redacted_facts(uuid, hiding.names, redaction), now)
            await self.events.record(by, EventKind.RECORD_REDACTED, estate=estate, count=len(hiding.names))

    async def get(self, estate: str, uuid: str) -> StoredRecord:
        """Return a record of an estate.

        Raises:
            RefusedError: it has none of this number.
        """
        return await self.store.get(estate, uuid)

    async def listed(
        self, estate: str, wanted: Wanted, *, first: int = 0, most: int | None = None
    ) -> list[StoredRecord]:
        """Return records of an estate, those of the latest day first."""
        return await self.store.listed(estate, wanted, first=first, most=most)

    async def published(self, estate: str, first: int, most: int) -> list[StoredRecord]:
        """Return records of an estate in the order in which they were published, without the first ones.

        Raises:
            RefusedError: there is no such estate.
        """
        await self.estates.get_estate(estate)
        return await self.store.published(estate, first, most)

    async def versions(self, record: StoredRecord) -> list[StoredRecord]:
        """Return what a record corrects and what corrects it, the earliest first, without itself."""
        return await self.store.versions(record)

    async def count(self, estate: str, wanted: Wanted) -> int:
        """Return how many records are looked for."""
        return await self.store.count(estate, wanted)

    async def years(self, estate: str) -> list[int]:
        """Return the years of an estate's records, the latest first."""
        return await self.store.years(estate)

    async def file(self, estate: str, uuid: str, number: int) -> tuple[str, StoredFile]:
        """Return the name and the bytes of an attachment.

        Raises:
            RefusedError: it is not there, or hidden.
        """
        stored = await self.store.get(estate, uuid)
        found = await self.store.file(stored.id, number)
        names = {name: place for place, name in enumerate(FILES, 1)}
        value = next((each.value for each in stored.public.fields if names.get(each.name) == number), None)
        if found is None or found.content is None or not isinstance(value, dict):
            raise RefusedError(
                Reason.NOT_FOUND, "This attachment is not there, or hidden.", zh="没有这个附件，或者已经依法隐去。"
            )
        return str(value["name"]), found

    async def _corrected(self, estate: str, uuid: str, kind: RecordKind) -> int:
        before = await self.store.get(estate, uuid)
        if before.public.kind is not kind:
            raise RefusedError(
                Reason.WRONG_STATE,
                f"A correction is of the same kind as what it corrects: {before.public.kind}.",
                zh=f"更正要和原来的记录同类：{KINDS[before.public.kind].label.zh}。",
            )
        if before.superseded_by is not None:
            raise RefusedError(
                Reason.CONFLICT,
                "This record was corrected already: correct the correction.",
                zh="这份记录已经更正过了，请打开更正后的那一份再改。",
            )
        return before.id


def _require_whole(draft: Draft) -> None:
    require_values(draft.kind, draft.values, files=len(draft.files))
    for each in draft.files:
        if len(each.content) > MAX_FILE_BYTES:
            raise RefusedError(
                Reason.TOO_LARGE,
                f"An attachment has more than {MAX_FILE_BYTES >> 20} MB: make it smaller.",
                zh=f"有一个附件超过{MAX_FILE_BYTES >> 20}兆，请缩小以后再选。",
            )
