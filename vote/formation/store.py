"""Queries about cases and what happened in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vote.clock import CHINA
from vote.db import fits
from vote.errors import Reason, RefusedError
from vote.formation.evidence import Known
from vote.formation.models import CaseElection, CaseHappening, CaseWithdrawal, FormationCase
from vote.formation.rules import Happened
from vote.law.measure import NOTHING, Measure
from vote.law.procedure import Happening, Procedure
from vote.log.models import PendingEntry
from vote.log.rules import Kind
from vote.phone.models import Phone
from vote.phone.rules import State as PhoneState
from vote.roll.models import Entitlement, Roll, RollNotice


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case."""

    id: int
    uuid: str
    estate: str
    procedure: Procedure
    profile: str
    """Id and version, as in `cn@2026-11-26`."""
    digest: str
    begun_on: date
    term_ends: date | None


@dataclass(frozen=True, slots=True)
class Owners:
    """How many owners a roll has, with how much area."""

    whole: Measure
    developer: Measure
    reachable: Measure
    """With a confirmed telephone, the developer left out."""


class CaseStore:
    """Cases in the database; they only grow."""

    async def add(self, case: StoredCase, now: datetime) -> None:
        """Begin a case."""
        await FormationCase.create(
            uuid=case.uuid,
            estate_id=case.estate,
            procedure=case.procedure,
            profile=case.profile,
            digest=case.digest,
            begun_on=case.begun_on,
            term_ends=case.term_ends,
            begun_at=now,
        )

    async def get(self, estate: str, uuid: str) -> StoredCase:
        """Return a case of an estate.

        Raises:
            RefusedError: there is none.
        """
        known = fits(FormationCase, "uuid", uuid) and fits(FormationCase, "estate_id", estate)
        row = await FormationCase.filter(estate_id=estate, uuid=uuid).first().values() if known else None
        if row is None:
            raise RefusedError(Reason.NOT_FOUND, "There is no such case.", zh="没有这件事项，请从列表里选。")
        return _stored(row)

    async def of_estates(self, estates: Sequence[str]) -> list[StoredCase]:
        """Return the cases of estates, the earliest first."""
        known = [each for each in estates if fits(FormationCase, "estate_id", each)]
        return [_stored(row) for row in await FormationCase.filter(estate_id__in=known).order_by("id").values()]

    async def happened(self, cases: Sequence[int]) -> dict[int, list[Happened]]:
        """Return what was noted in cases and not taken back, in the order noted."""
        gone = set(await CaseWithdrawal.filter(happening__case_id__in=cases).values_list("happening_id", flat=True))
        found: dict[int, list[Happened]] = {case: [] for case in cases}
        for row in await CaseHappening.filter(case_id__in=cases).order_by("id").values():
            if row["id"] not in gone:
                found[row["case_id"]].append(Happened(Happening(row["word"]), row["day"], row["name"]))
        return found

    async def find(self, case: int, name: str) -> Happened | None:
        """Return what was noted under a name, be it taken back or not."""
        if not fits(CaseHappening, "name", name):
            return None
        row = await CaseHappening.filter(case_id=case, name=name).first()
        return Happened(Happening(row.word), row.day, row.name) if row else None

    async def note(self, case: int, happened: Happened, now: datetime) -> None:
        """Note what happened."""
        await CaseHappening.create(case_id=case, name=happened.name, word=happened.word, day=happened.on, noted_at=now)

    async def take_back(self, case: int, name: str, now: datetime) -> Happened:
        """Note that something was noted by mistake, and return it.

        Raises:
            RefusedError: there is none of this name, or it was taken back already.
        """
        row = await CaseHappening.filter(case_id=case, name=name).first() if fits(CaseHappening, "name", name) else None
        if row is None or await CaseWithdrawal.filter(happening_id=row.id).exists():
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no such entry, or it was taken back already.",
                zh="没有这条登记，或者已经撤回了。",
            )
        await CaseWithdrawal.create(happening_id=row.id, withdrawn_at=now)
        return Happened(Happening(row.word), row.day, row.name)

    async def join(self, case: int, election: str) -> None:
        """Say that an election belongs to a case.

        Raises:
            RefusedError: it belongs to one already.
        """
        if await CaseElection.filter(election_id=election).exists():
            raise RefusedError(
                Reason.CONFLICT, "This vote belongs to a case already.", zh="这次投票已经归在一件事项里了。"
            )
        await CaseElection.create(case_id=case, election_id=election)

    async def elections(self, cases: Sequence[int]) -> dict[int, list[str]]:
        """Return the elections of cases, in the order they were joined."""
        found: dict[int, list[str]] = {case: [] for case in cases}
        rows = CaseElection.filter(case_id__in=cases).order_by("id")
        for case, election in await rows.values_list("case_id", "election_id"):
            found[case].append(election)
        return found

    async def joined(self, elections: Sequence[str]) -> set[str]:
        """Return which of the elections belong to a case."""
        rows = await CaseElection.filter(election_id__in=list(elections)).values_list("election_id", flat=True)
        return {str(row) for row in rows}

    async def known(self, estates: Sequence[str], kinds: Sequence[Kind]) -> dict[str, list[Known]]:
        """Return what the public log of estates says of some kinds, in the order written."""
        found: dict[str, list[Known]] = {estate: [] for estate in estates}
        rows = PendingEntry.filter(estate_id__in=list(estates), kind__in=[str(kind) for kind in kinds]).order_by("id")
        for row in await rows.values("estate_id", "kind", "body", "happened_at"):
            election = json.loads(bytes(row["body"])).get("election", "")
            on = row["happened_at"].astimezone(CHINA).date()
            found[row["estate_id"]].append(Known(Kind(row["kind"]), on, election))
        return found

    async def owners(self, estate: str) -> Owners | None:
        """Return how many owners the newest roll of an estate has; None without one."""
        roll = await Roll.filter(estate_id=estate, discarded_at__isnull=True).order_by("-id").first()
        if roll is None:
            return None
        confirmed = Phone.filter(entitlement__roll_id=roll.id, state=PhoneState.ACTIVE, confirmed_how__isnull=False)
        reached = set(await confirmed.values_list("entitlement_id", flat=True))
        whole, developer, reachable = NOTHING, NOTHING, NOTHING
        for row in await Entitlement.filter(roll_id=roll.id).values("id", "area_dm2", "developer"):
            one = Measure(1, row["area_dm2"])
            whole += one
            if row["developer"]:
                developer += one
            elif row["id"] in reached:
                reachable += one
        return Owners(whole, developer, reachable)

    async def rolls_published(self, estates: Sequence[str]) -> dict[str, list[date]]:
        """Return the days on which rolls of estates were put up for objections."""
        found: dict[str, list[date]] = {estate: [] for estate in estates}
        rows = RollNotice.filter(roll__estate_id__in=list(estates)).order_by("id")
        for estate, posted in await rows.values_list("roll__estate_id", "posted_at"):
            found[estate].append(posted.astimezone(CHINA).date())
        return found


def _stored(row: Mapping[str, object]) -> StoredCase:
    ends, begun = row["term_ends"], row["begun_on"]
    assert isinstance(begun, date)
    return StoredCase(
        int(str(row["id"])),
        str(row["uuid"]),
        str(row["estate_id"]),
        Procedure(str(row["procedure"])),
        str(row["profile"]),
        str(row["digest"]),
        begun,
        ends if isinstance(ends, date) else None,
    )
