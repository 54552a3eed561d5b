"""Take a clerk's spreadsheet in, say what its columns are, mend its rows, put it up, compare it, discard it.

* The sheet is kept sealed while the roll is a draft, as it came, with what was changed beside it; a change can be undone.
* A sheet that cannot be read as a roll yet is a draft without lines, so that its columns can be named.
* Telephone numbers that owners gave go along with their owner and home when the lines are made anew.
* Everything done is noted with who and when; once the roll is frozen or discarded nothing changes.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from crypto.envelope import seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.db import database_now, transaction
from vote.errors import ContradictionError, Reason, RefusedError
from vote.estate.rules import require_real
from vote.roll.apart import open_apart
from vote.roll.columns import TITLES, Column
from vote.roll.comparison import Comparison, Line, compare
from vote.roll.draft_store import DraftStore, ListedRoll, Notice, Step, line_of
from vote.roll.kept_sheet import KeptSheet, decode_sheet, encode_sheet
from vote.roll.layout import Layout, SheetRow, lay_out, recall, try_reading
from vote.roll.mending import header_of, shown_header
from vote.roll.refusal import SheetRefusedError
from vote.roll.report import figures
from vote.roll.rules import RollReading
from vote.roll.service import RollService, list_findings, place_of
from vote.roll.store import StoredRoll

CHANGED = "刚才有人改过这份清册，请看过现在的内容再改。 Somebody else changed this roll meanwhile: look at it again, then go on."
LONGEST_CELL = 500
Where = Mapping[int, tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str, str]]]]
"""By entitlement number, names with identity numbers of the owners, and the places of their homes."""


class MovingPhones(Protocol):
    """The phones' side, which lies above this area."""

    async def lift(self, roll: int) -> Sequence[Any]:
        """Take the numbers of a draft off its lines, in the caller's transaction, and return them."""

    async def put_back(self, roll: int, lifted: Sequence[Any], before: Where, after: Where) -> int:
        """Put them onto the new lines of the same owners; return how many found none."""


@dataclass(frozen=True, slots=True)
class DraftService:
    """Drafts of rolls, as clerks work on them."""

    rolls: RollService
    store: DraftStore
    phones: MovingPhones
    key: bytes = field(repr=False)
    rng: Randomness

    async def upload(self, estate: str, data: bytes, account: int | None) -> int:
        """Take a spreadsheet in as a new draft; return its number.

        Raises:
            RefusedError: the estate is unknown, or the file is no table.
        """
        require_real((await self.rolls.estates.get_estate(estate)).id)
        sheets = await asyncio.to_thread(open_apart, data)
        kept = KeptSheet(tuple(each for each in sheets if each.rows))
        if not kept.sheets:
            raise SheetRefusedError("the file is empty", "文件里没有内容，请选业主清册的文件")
        meanings = {
            text: Column(meaning) if meaning else None for text, meaning in (await self.store.meanings(estate)).items()
        }
        kept = await asyncio.to_thread(recall, kept, meanings)
        reading = await asyncio.to_thread(try_reading, kept)
        now = await database_now()
        async with transaction():
            places = [place_of(unit) for unit in reading.units] if reading else []
            units = await self.rolls.estates.add_units(estate, places)
            counted = figures(reading) if reading else {}
            roll = await self.rolls.store.add(
                estate,
                hashlib.sha256(data).hexdigest(),
                counted,
                len(reading.entitlements) if reading else 0,
                counted.get("area_dm2", 0),
                now,
            )
            await self.store.keep_sheet(roll, self._seal(roll, kept))
            await self._add_lines(roll, reading, units)
            await self.store.add_step(roll, "uploaded", account, now)
        return roll

    async def of_estate(self, estate: str) -> list[ListedRoll]:
        """Return the rolls of an estate, the latest first."""
        return await self.store.of_estate(estate)

    async def layout(self, roll: int) -> Layout | None:
        """Return how a draft's sheet is read; None where no sheet is kept.

        Raises:
            RefusedError: there is no such roll.
        """
        await self.rolls.get(roll)
        found = await self._find(roll)
        if found is None:
            return None
        kept, version = found
        return await asyncio.to_thread(lay_out, kept, version)

    async def choose(
        self, roll: int, version: int, sheet: str | None, choices: Mapping[int, Column | None], account: int | None
    ) -> None:
        """Say which sheet is read and what its columns hold; it is remembered for the estate's next sheet.

        Raises:
            RefusedError: nothing may change any more, somebody else changed it meanwhile, or there is no such sheet.
        """
        kept, _ = await self._get(roll)
        if sheet is not None and sheet not in {each.name for each in kept.sheets}:
            raise RefusedError(
                Reason.NOT_FOUND,
                "文件里没有这张工作表。 The file has no sheet of this name: choose one of those listed.",
            )
        other = sheet is not None and sheet != kept.sheet.name
        changed = replace(kept, name=sheet or kept.name, choices={} if other else dict(choices))
        header = header_of(changed.sheet)
        named = (
            {}
            if header is None or other
            else {
                shown_header(header.texts[position]): meaning or ""
                for position, meaning in choices.items()
                if position < len(header.texts) and shown_header(header.texts[position])
            }
        )
        estate = (await self.rolls.get(roll)).estate
        columns = "、".join(TITLES[meaning] for meaning in choices.values() if meaning)
        await self._retake(roll, version, changed, "mapped", account, columns=columns)
        async with transaction():
            await self.store.remember(estate, named)

    async def row(self, roll: int, number: int) -> SheetRow:
        """Return a row of a draft's sheet, whole; who looks is the caller's to note.

        Raises:
            RefusedError: there is no such row, or the sheet is not kept.
        """
        kept, version = await self._get(roll)
        layout = await asyncio.to_thread(lay_out, kept, version)
        sheet = kept.sheet
        if not layout.header_row < number <= len(sheet.rows):
            raise RefusedError(Reason.NOT_FOUND, "表里没有这一行。 The sheet has no such row: look at the list again.")
        edits = kept.edits.get(number, {})
        cells = tuple(
            (column, edits.get(column.position, sheet.rows[number - 1][column.position]), column.position in edits)
            for column in layout.columns
            if column.header or sheet.rows[number - 1][column.position]
        )
        return SheetRow(number, cells, version)

    async def edit(self, roll: int, version: int, number: int, cells: Mapping[int, str], account: int | None) -> bool:
        """Write other texts into a row and read the sheet anew; return whether anything was different.

        Raises:
            RefusedError: nothing may change any more, somebody else changed it meanwhile, or a text is too long.
        """
        kept, _ = await self._get(roll)
        row = await self.row(roll, number)
        was = {column.position: (column, text) for column, text, _ in row.cells}
        changed = {
            position: text
            for position, text in cells.items()
            if position in was and text.strip() != was[position][1].strip()
        }
        if any(len(text) > LONGEST_CELL for text in changed.values()):
            raise RefusedError(
                Reason.MALFORMED, f"一格最多写{LONGEST_CELL}个字。 A cell has at most {LONGEST_CELL} characters."
            )
        if not changed:
            return False
        names = "、".join(was[position][0].header or was[position][0].letter for position in changed)
        await self._retake(
            roll, version, kept.edited(number, changed), "edited", account, item=number, columns=names[:200]
        )
        return True

    async def restore(self, roll: int, version: int, number: int, account: int | None) -> None:
        """Put a row back as it came.

        Raises:
            RefusedError: nothing may change any more, or somebody else changed it meanwhile.
        """
        kept, _ = await self._get(roll)
        await self._retake(roll, version, kept.restored(number), "restored", account, item=number)

    async def post(self, roll: int, notice: Notice, account: int | None) -> None:
        """Note where a draft is put up and until when owners may object.

        Raises:
            RefusedError: nothing may change any more, there are no lines, or a word does not do.
        """
        for text, longest in ((notice.place, 100), (notice.contact, 40), (notice.phone, 20)):
            if not text.strip() or len(text) > longest or not text.isprintable():
                raise RefusedError(
                    Reason.MALFORMED,
                    "公示地点、联系人和电话都要写，各写一行。 Place, contact and telephone are each one line of text.",
                )
        if notice.until <= notice.posted_at:
            raise RefusedError(
                Reason.MALFORMED,
                "异议截止要在公示开始之后。 The time for objections must end after the roll is put up.",
            )
        async with transaction():
            stored = await self.rolls.require_draft(roll)
            if not stored.heads:
                raise RefusedError(
                    Reason.WRONG_STATE,
                    "这份清册还没有读出业主，请先说明各栏是什么。 The roll has no lines yet: say first what its columns hold.",
                )
            await self.store.post(roll, notice)
            await self.store.add_step(roll, "noticed", account, await database_now())

    async def notice(self, roll: int) -> Notice | None:
        """Return where and until when a draft is up, if it is."""
        return await self.store.notice(roll)

    async def discard(self, roll: int, account: int | None) -> None:
        """Forget the owners of a draft that is not used; what was done and objected stays.

        Raises:
            RefusedError: it is frozen or was discarded already.
        """
        async with transaction():
            await self.rolls.require_draft(roll)
            now = await database_now()
            await self.phones.lift(roll)
            await self.store.clear(roll)
            await self.store.forget_sheet(roll)
            await self.store.add_step(roll, "discarded", account, now)
            await self.store.discard(roll, now)

    async def note(self, roll: int, kind: str, account: int | None, *, item: int | None = None) -> None:
        """Note what somebody did with a roll elsewhere."""
        await self.store.add_step(roll, kind, account, await database_now(), item=item)

    async def steps(self, roll: int) -> list[Step]:
        """Return what was done with a roll, in order."""
        return await self.store.steps(roll)

    async def compare(self, roll: int) -> tuple[ListedRoll, Comparison] | None:
        """Return what changed since the estate's roll before this one; None where there is none."""
        stored = await self.rolls.get(roll)
        earlier = [each for each in await self.of_estate(stored.estate) if each.id < roll and not each.discarded_at]
        if not earlier or stored.discarded_at:
            return None
        return earlier[0], compare(await self._lines(earlier[0].id), await self._lines(roll))

    async def _lines(self, roll: int) -> dict[tuple[str, str, str], Line]:
        owners = await self.rolls.owners(roll)
        return {
            place: line_of(area, owners[number], masked) for number, place, area, masked in await self.store.lines(roll)
        }

    async def _retake(
        self,
        roll: int,
        version: int,
        kept: KeptSheet,
        kind: str,
        account: int | None,
        *,
        item: int | None = None,
        columns: str = "",
    ) -> None:
        reading = await asyncio.to_thread(try_reading, kept)
        async with transaction():
            stored = await self.rolls.require_draft(roll)
            places = [place_of(unit) for unit in reading.units] if reading else []
            units = await self.rolls.estates.add_units(stored.estate, places)
            if not await self.store.change_sheet(roll, self._seal(roll, kept), version):
                raise RefusedError(Reason.CONFLICT, CHANGED)
            before = await self._where(roll)
            lifted = await self.phones.lift(roll)
            await self.store.clear(roll)
            await self._add_lines(roll, reading, units)
            await self.phones.put_back(roll, lifted, before, await self._where(roll))
            counted = figures(reading) if reading else {}
            heads = len(reading.entitlements) if reading else 0
            await self.store.count(roll, counted, heads, counted.get("area_dm2", 0))
            await self.store.add_step(roll, kind, account, await database_now(), item=item, columns=columns)

    async def _add_lines(
        self, roll: int, reading: RollReading | None, units: Mapping[tuple[str, str, str], int]
    ) -> None:
        if reading is not None:
            entitlements = [self.rolls.sealed(roll, each, units) for each in reading.entitlements]
            await self.rolls.store.add_entitlements(roll, entitlements)
            await self.rolls.store.add_findings(roll, list_findings(reading))

    async def _where(self, roll: int) -> Where:
        owners = await self.rolls.owners(roll)
        places: dict[int, set[tuple[str, str, str]]] = {}
        for number, place, _, _ in await self.store.lines(roll):
            places.setdefault(number, set()).add(place)
        return {
            number: (frozenset((name, digits) for name, digits in each), frozenset(places.get(number, ())))
            for number, each in owners.items()
        }

    async def _find(self, roll: int) -> tuple[KeptSheet, int] | None:
        found = await self.store.sheet(roll)
        if found is None:
            return None
        try:
            return decode_sheet(unseal([self.key], _context(roll), found[0])), found[1]
        except CryptoError:
            raise ContradictionError(f"{_context(roll)} cannot be opened with this key") from None

    async def _get(self, roll: int) -> tuple[KeptSheet, int]:
        stored: StoredRoll = await self.rolls.get(roll)
        found = await self._find(roll)
        if found is None:
            why = "frozen" if stored.frozen else "discarded" if stored.discarded_at else "brought by a command"
            raise RefusedError(
                Reason.WRONG_STATE,
                f"这份清册的原表已不保留。 The sheet of this roll is not kept, for the roll was {why}.",
            )
        return found

    def _seal(self, roll: int, kept: KeptSheet) -> bytes:
        return seal(self.key, _context(roll), encode_sheet(kept), self.rng)


def _context(roll: int) -> str:
    return f"roll/{roll}/sheet"
