"""Reads one data row: its cells by the header's columns become place, owners, area, usage and status.

Not here: what earlier rows have to do with it (`vote.roll.rules`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vote.roll.area import Area, AreaSource, pick_area
from vote.roll.columns import Column
from vote.roll.headers import Header
from vote.roll.owner import Owner, Owners, mask_names, read_owners
from vote.roll.place import Place, read_parts, read_place
from vote.roll.sheet import Cells, compact
from vote.roll.usage import Status, Usage, is_unsold_mark, read_status, read_usage
from vote.roll.why import Why

_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_AREA_COLUMNS = (
    (AreaSource.REGISTER, Column.REGISTER_AREA),
    (AreaSource.SURVEY, Column.SURVEY_AREA),
    (AreaSource.CONTRACT, Column.CONTRACT_AREA),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What a data row says; `row` is its number in the sheet, from 1."""

    row: int
    place: Place | Why
    owners: tuple[Owner, ...]
    area: Area | Why
    usage: Usage
    status: Status
    phones: tuple[str, ...]
    certificates: tuple[str, ...]
    respelled: tuple[Why, ...]
    warnings: tuple[Why, ...]

    @property
    def faults(self) -> tuple[Why, ...]:
        """What keeps the row from being a unit. An unsold unit needs no name: it is the developer's."""
        faults = [self.place] if isinstance(self.place, Why) else []
        if not self.owners and not self.status.is_developers:
            faults.append(Why.OWNER_MISSING)
        if isinstance(self.area, Why):
            faults.append(self.area)
        return tuple(faults)

    @property
    def masked_owners(self) -> str:
        """The owners as others may see them."""
        return mask_names(self.owners)


class RowReader:
    """Reads rows below one header."""

    def __init__(self, header: Header, shared_prefix: str = "") -> None:
        self._header = header
        self._shared_prefix = shared_prefix

    def read(self, row: int, cells: Cells) -> Row:
        """Read the data row numbered `row`."""
        place = read_place(
            self._text(Column.BUILDING, cells),
            self._text(Column.ENTRANCE, cells),
            self._text(Column.ROOM, cells),
            self._text(Column.PLACE, cells),
            self._shared_prefix,
        )
        owners = self._owners(cells)
        area = pick_area([(source, self._text(column, cells)) for source, column in _AREA_COLUMNS])
        called = "".join(self._text(column, cells) for column in (Column.BUILDING, Column.ROOM, Column.PLACE))
        usage = read_usage(self._texts(Column.USAGE, cells), called)
        status, odd_status = read_status(self._status_cells(cells))
        odd = [usage.warning, odd_status, Why.COUNT_DIFFERS if owners.counts_differ else None]
        warnings = [why for number in owners.numbers for why in number.warnings]
        if Column.NUMBER in self._header.columns and any(not owner.number for owner in owners.owners):
            odd.append(Why.NUMBER_MISSING)
        return Row(
            row,
            place,
            owners.owners,
            area,
            usage,
            status,
            tuple(self._texts(Column.PHONE, cells)),
            tuple(self._texts(Column.CERTIFICATE, cells)),
            tuple(self._respelled(place, owners, area, cells)),
            tuple(dict.fromkeys([why for why in odd if why] + warnings)),
        )

    def prefix(self, cells: Cells) -> str | None:
        """Return what stands before the building where a cell holds the whole place, or None where none does."""
        parts = read_parts(self._text(Column.ROOM, cells) or self._text(Column.PLACE, cells))
        return parts.prefix if parts else None

    def fingerprint(self, cells: Cells) -> Cells:
        """Return the row without its serial numbers and without any space: equal rows are duplicates."""
        serials = self._header.columns.get(Column.SERIAL, ())
        return tuple(compact(cell) for position, cell in enumerate(cells) if position not in serials)

    def _owners(self, cells: Cells) -> Owners:
        names = self._text(Column.OWNER, cells)
        if is_unsold_mark(names):
            return Owners((), (), counts_differ=False)
        numbers = "\n".join(self._texts(Column.NUMBER, cells))
        more_names = self._text(Column.CO_OWNER, cells)
        if Column.CO_NUMBER not in self._header.columns:
            return read_owners(f"{names}\n{more_names}", numbers)
        first = read_owners(names, numbers)
        more = read_owners(more_names, "\n".join(self._texts(Column.CO_NUMBER, cells)))
        differ = first.counts_differ or more.counts_differ
        return Owners(first.owners + more.owners, first.numbers + more.numbers, counts_differ=differ)

    def _status_cells(self, cells: Cells) -> Iterator[tuple[str, str]]:
        for column in (Column.STATUS, Column.DELIVERY):
            for position in self._header.columns.get(column, ()):
                yield self._header.texts[position], cells[position]
        if is_unsold_mark(self._text(Column.OWNER, cells)):
            yield "", self._text(Column.OWNER, cells)

    def _respelled(self, place: Place | Why, owners: Owners, area: Area | Why, cells: Cells) -> Iterator[Why]:
        if isinstance(place, Place) and not self._is_usual(place, cells):
            yield Why.PLACE_RESPELLED
        names = self._text(Column.OWNER, cells) + self._text(Column.CO_OWNER, cells)
        if not _says(names, [owner.name for owner in owners.owners]):
            yield Why.OWNER_RESPELLED
        numbers = "".join(self._texts(Column.NUMBER, cells) + self._texts(Column.CO_NUMBER, cells))
        if not _says(numbers, [number.text for number in owners.numbers]):
            yield Why.NUMBER_RESPELLED
        if isinstance(area, Area):
            if not _PLAIN_NUMBER.fullmatch(self._text(dict(_AREA_COLUMNS)[area.source], cells)):
                yield Why.AREA_RESPELLED
            if area.passed_over:
                yield Why.AREA_PASSED_OVER
            if area.source is AreaSource.SURVEY:
                yield Why.AREA_FROM_SURVEY
            if area.source is AreaSource.CONTRACT:
                yield Why.AREA_FROM_CONTRACT

    def _is_usual(self, place: Place, cells: Cells) -> bool:
        """Whether the place stands in the sheet as we write it, with or without 幢, 单元 and 室."""
        written = self._text(Column.PLACE, cells) or self._text(Column.ROOM, cells)
        if written == str(place):
            return True
        building, entrance = self._text(Column.BUILDING, cells), self._text(Column.ENTRANCE, cells)
        return (
            building in (place.building, place.building + "幢")
            and entrance in (place.entrance, place.entrance + "单元")
            and written in (place.room, place.room + "室")
        )

    def _text(self, column: Column, cells: Cells) -> str:
        """The cell of a column that stands once, empty if it does not stand at all."""
        positions = self._header.columns.get(column)
        return cells[positions[0]] if positions else ""

    def _texts(self, column: Column, cells: Cells) -> list[str]:
        """The filled cells of a column that may stand several times."""
        return [cells[position] for position in self._header.columns.get(column, ()) if compact(cells[position])]


def _says(cell: str, words: list[str]) -> bool:
    """Whether a cell holds the words just as we write them."""
    return cell == cell.strip() and all(word in cell for word in words)
