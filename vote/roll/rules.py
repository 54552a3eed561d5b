"""Decides what every row of a sheet becomes, and so who may vote: units, owner sets, entitlements.

 * Every row ends as accepted, changed, excluded, rejected or ignored, with its number and the reason.
 * A unit is building, entrance and room. Further rows of it with other owners add owners; its area counts once.
 * A row equal to an earlier one in everything but its serial number, or one that adds nothing to it, is left out.
 * Exactly one entitlement per owner set: areas are summed, heads are 1. All units marked unsold or undelivered are one
   entitlement, the developer's, whoever is named; it has the last number.

Follows the Supreme Court's interpretation (2020) arts. 8 and 9, rulebook §1.3–1.5. Areas are whole dm2 (0.01 m2).
Not here: reading files (`reader`), words for people (`report`), the frozen roll (`freeze`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vote.roll.area import Area, AreaSource
from vote.roll.columns import Column
from vote.roll.headers import Header, choose_header, missing_columns
from vote.roll.lines import what_line
from vote.roll.owner import DEVELOPER_TITLE, Owner, mask_names
from vote.roll.place import Place
from vote.roll.rows import Row, RowReader
from vote.roll.sheet import Sheet, compact
from vote.roll.usage import Status
from vote.roll.why import Outcome, Why


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that votes; `rows` are the sheet rows it was read from."""

    place: Place
    owners: tuple[Owner, ...]
    area_dm2: int
    area_source: AreaSource
    developer: bool
    rows: tuple[int, ...]
    phones: tuple[str, ...]
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One right to vote: an owner set, or the developer, with all its units. Heads are always 1."""

    number: int
    owners: tuple[Owner, ...]
    units: tuple[Unit, ...]
    developer: bool

    @property
    def area_dm2(self) -> int:
        """The sum of its units' areas."""
        return sum(unit.area_dm2 for unit in self.units)

    @property
    def masked_owner(self) -> str:
        """The owner as others may see it (rulebook §5.5)."""
        return DEVELOPER_TITLE if self.developer else mask_names(self.owners)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a row that was not simply accepted; names are masked."""

    row: int
    outcome: Outcome
    whys: tuple[Why, ...]
    place: str = ""
    masked_owner: str = ""
    area_dm2: int | None = None
    other_row: int | None = None
    """The earlier row it repeats, belongs to or contradicts."""


@dataclass(frozen=True, slots=True)
class RollReading:
    """A whole sheet as read."""

    header: Header
    units: tuple[Unit, ...]
    entitlements: tuple[Entitlement, ...]
    findings: tuple[Finding, ...]
    warnings: Mapping[Why, tuple[int, ...]]
    """What a clerk should look at, and the rows it concerns. A warning changes nothing."""

    @property
    def accepted_rows(self) -> int:
        """Rows that were taken as they stand."""
        return len(self.header.sheet.rows) - len(self.findings)

    def count(self, outcome: Outcome, why: Why | None = None) -> int:
        """Return how many rows ended so, for this reason if one is given."""
        return sum(finding.outcome is outcome and (why is None or why in finding.whys) for finding in self.findings)


@dataclass(slots=True)
class _Draft:
    """A unit while rows may still add owners to it."""

    place: Place
    area: Area
    status: Status
    rows: list[int]
    owners: dict[str, Owner] = field(default_factory=dict)
    phones: dict[str, None] = field(default_factory=dict)
    certificates: dict[str, None] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Take over what a row says beyond place and area."""
        for owner in row.owners:
            self.owners.setdefault(owner.key(self.place), owner)
        self.phones.update(dict.fromkeys(row.phones))
        self.certificates.update(dict.fromkeys(row.certificates))
        self.status = max(self.status, row.status)

    def freeze(self) -> Unit:
        """Return the unit, complete."""
        return Unit(
            self.place,
            tuple(self.owners.values()),
            self.area.area_dm2,
            self.area.source,
            self.status.is_developers,
            tuple(self.rows),
            tuple(self.phones),
            tuple(self.certificates),
        )


class _Fold:
    """Takes the rows one after the other."""

    def __init__(self, header: Header, reader: RowReader) -> None:
        self.header = header
        self.reader = reader
        self.drafts: dict[Place, _Draft] = {}
        self.findings: list[Finding] = []
        self.warnings: dict[Why, list[int]] = {}
        self._seen: dict[tuple[str, ...], int] = {}
        self._names: dict[str, str] = {}

    def take(self, row: Row, fingerprint: tuple[str, ...]) -> None:
        """Decide one data row."""
        earlier = self._seen.setdefault(fingerprint, row.row)
        if earlier != row.row:
            self._note(row, Outcome.CHANGED, (Why.DUPLICATE,), earlier)
        elif row.usage.excluded:
            self._note(row, Outcome.EXCLUDED, (row.usage.excluded,))
        elif isinstance(row.place, Why) or isinstance(row.area, Why) or row.faults:
            self._note(row, Outcome.REJECTED, row.faults)
        else:
            self._take_unit(row, row.place, row.area)

    def warn(self, why: Why, row: int) -> None:
        """Remember something to look at."""
        self.warnings.setdefault(why, []).append(row)

    def _take_unit(self, row: Row, place: Place, area: Area) -> None:
        draft = self.drafts.get(place)
        whys = row.respelled + ((Why.DEVELOPER,) if row.status.is_developers else ())
        if draft is None:
            draft = self.drafts[place] = _Draft(place, area, row.status, [row.row])
            if whys:
                self._note(row, Outcome.CHANGED, whys)
        elif draft.status.contradicts(row.status):
            self._note(row, Outcome.REJECTED, (Why.STATUS_CONFLICT,), draft.rows[0])
            return
        elif any(owner.key(place) not in draft.owners for owner in row.owners):
            other_area = area.area_dm2 != draft.area.area_dm2
            self._note(row, Outcome.CHANGED, (Why.CO_OWNER, *(Why.CO_OWNER_AREA,) * other_area, *whys), draft.rows[0])
            draft.rows.append(row.row)
            if draft.certificates and row.certificates and not draft.certificates.keys() & set(row.certificates):
                self.warn(Why.CERTIFICATE_DIFFERS, row.row)
        elif area.area_dm2 == draft.area.area_dm2:
            self._note(row, Outcome.CHANGED, (Why.DUPLICATE,), draft.rows[0])
        else:
            self._note(row, Outcome.REJECTED, (Why.AREA_CONFLICT,), draft.rows[0])
            return
        draft.add(row)
        self._warn_about(row, place)

    def _warn_about(self, row: Row, place: Place) -> None:
        for why in row.warnings:
            self.warn(why, row.row)
        for owner in row.owners:
            known = self._names.setdefault(owner.key(place), owner.name)
            if owner.name and known and owner.name != known:
                self.warn(Why.NAMES_DIFFER, row.row)

    def _note(self, row: Row, outcome: Outcome, whys: tuple[Why, ...], other_row: int | None = None) -> None:
        place = str(row.place) if isinstance(row.place, Place) else ""
        area_dm2 = row.area.area_dm2 if isinstance(row.area, Area) else None
        self.findings.append(Finding(row.row, outcome, whys, place, row.masked_owners, area_dm2, other_row))


def read_roll(
    sheets: Sequence[Sheet], wanted: str | None = None, mapping: Mapping[Column, str] | None = None
) -> RollReading:
    """Read a roll from the sheets of a file.

    Args:
        sheets: all sheets of the file.
        wanted: the sheet to read, or None if it is to be found by its header.
        mapping: columns mapped by hand to a header's text or a column's letter.

    Raises:
        SheetRefusedError: no sheet can be read as a roll; the sentence names sheet, row and column.
    """
    header = choose_header(sheets, wanted, mapping)
    lines = [(number, cells) for number, cells in enumerate(header.sheet.rows, 1) if number > header.last_row + 1]
    findings = [_above(header, number) for number in range(1, header.last_row + 2)]
    data = []
    for number, cells in lines:
        why = what_line(cells, header)
        if why:
            findings.append(Finding(number, Outcome.IGNORED, (why,)))
        else:
            data.append((number, cells))
    reader = RowReader(header, _shared_prefix(header, [cells for _, cells in data]))
    fold = _Fold(header, reader)
    rows = [(reader.read(number, cells), reader.fingerprint(cells)) for number, cells in data]
    _require_buildings(header, [row for row, _ in rows])
    for row, fingerprint in rows:
        fold.take(row, fingerprint)
    units = tuple(draft.freeze() for draft in fold.drafts.values())
    _warn_about_units(fold, units)
    every = sorted([*findings, *fold.findings], key=lambda finding: finding.row)
    warnings = {why: tuple(numbers) for why, numbers in fold.warnings.items()}
    return RollReading(header, units, make_entitlements(units), tuple(every), warnings)


def make_entitlements(units: Sequence[Unit]) -> tuple[Entitlement, ...]:
    """Group units by owner set, numbered from 1 in the order of the sheet; the developer's is the last."""
    sets: dict[frozenset[str], list[Unit]] = {}
    for unit in units:
        key = frozenset() if unit.developer else frozenset(owner.key(unit.place) for owner in unit.owners)
        sets.setdefault(key, []).append(unit)
    developers = sets.pop(frozenset(), [])
    entitlements = [
        Entitlement(number, owned[0].owners, tuple(owned), developer=False)
        for number, owned in enumerate(sets.values(), 1)
    ]
    if developers:
        entitlements.append(Entitlement(len(sets) + 1, (), tuple(developers), developer=True))
    return tuple(entitlements)


def _above(header: Header, number: int) -> Finding:
    """What a line is that stands above the data."""
    if number > header.first_row:
        why = Why.HEADER
    else:
        why = Why.TITLE if any(map(compact, header.sheet.rows[number - 1])) else Why.BLANK
    return Finding(number, Outcome.IGNORED, (why,))


def _shared_prefix(header: Header, lines: Sequence[tuple[str, ...]]) -> str:
    """What stands before every whole place, if it is the same everywhere: an estate's name or a street tells nothing."""
    if Column.BUILDING in header.columns:
        return ""
    reader = RowReader(header)
    prefixes = {prefix for prefix in map(reader.prefix, lines) if prefix is not None}
    return prefixes.pop() if len(prefixes) == 1 else ""


def _require_buildings(header: Header, rows: Sequence[Row]) -> None:
    """Refuse a sheet without a column for buildings unless its rooms name them."""
    if Column.BUILDING not in header.columns and not any(isinstance(row.place, Place) for row in rows):
        raise missing_columns(header, [Column.BUILDING])


def _warn_about_units(fold: _Fold, units: Sequence[Unit]) -> None:
    """What only the whole sheet shows."""
    for columns, why in (
        ((Column.USAGE,), Why.NO_USAGE_COLUMN),
        ((Column.STATUS, Column.DELIVERY), Why.NO_STATUS_COLUMN),
        ((Column.NUMBER,), Why.NO_NUMBER_COLUMN),
    ):
        if not any(column in fold.header.columns for column in columns):
            fold.warn(why, fold.header.last_row + 1)
    with_entrance = Counter((unit.place.building, unit.place.room) for unit in units if unit.place.entrance)
    unsold = {
        owner.key(draft.place)
        for draft in fold.drafts.values()
        if draft.status is Status.UNSOLD
        for owner in draft.owners.values()
    }
    for unit in units:
        if not unit.place.entrance and (unit.place.building, unit.place.room) in with_entrance:
            fold.warn(Why.ENTRANCE_MISSING, unit.rows[0])
        if not unit.developer and all(owner.key(unit.place) in unsold for owner in unit.owners):
            fold.warn(Why.DEVELOPER_ELSEWHERE, unit.rows[0])
