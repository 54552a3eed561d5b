"""Gathers what became of an election after it was sealed, for its page.

 * What stands in a published file is read from it: the page says nothing that no file says.
 * Only what can be there is asked for, so that the page stays quick while everybody votes.

Not here: the words (`record_words.py`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request

from crypto.encoding import read_json
from vote.certificate.keeping import LETTERS, TRUSTEE_KEYS, OpeningService, RetentionService
from vote.certificate.objecting import ObjectionService
from vote.certificate.owners import OwnerDesk
from vote.check.service import CheckService
from vote.election.change import Corrected, Effects, Prolonged, effects_of
from vote.election.rules import Secrecy
from vote.election.service import ElectionService
from vote.operation.rules import Copy
from vote.operation.service import CopyService
from vote.web.phase import CLOSED, COUNTED, Phase
from vote.web.seen import Seen

LATE_ROLL_ERROR = "late-roll-error"
"""What the check calls a contested weight that is no ballot's."""
Entry = Mapping[str, Any]
"""What a published file says."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was destroyed in the end, as whoever did it says."""

    keys: int
    """Of the key-holders' keys."""
    letters: bool
    due: Mapping[str, date]
    """By which day the certificate says that it will be."""


@dataclass(frozen=True, slots=True)
class Chronicle:
    """What became of a sealed election so far."""

    effects: Effects
    extensions: int
    corrected: bool
    """Whether the roll was."""
    offices: Mapping[str, str]
    """The names of those who certify."""
    phone_changes: int
    reissued_letters: int
    disputes: Sequence[Entry] = ()
    check: Entry | None = None
    """`check.json`, once the ballots are checked."""
    objections: Sequence[Entry] = ()
    """Merged by topic."""
    openings: Counter[str] | None = None
    """How often a single ballot was to be opened, by reason; None where that cannot be."""
    kept: Kept | None = None
    """None before the end."""
    restored: Sequence[Copy] = ()
    """Restorations by which ballots may have been lost."""

    @property
    def contested(self) -> int:
        """How many owners' ballots count and are contested since the check."""
        found = self.check["contested"] if self.check else ()
        return sum(each["heads"] for each in found if each["kind"] != LATE_ROLL_ERROR)


async def tell(request: Request, seen: Seen) -> Chronicle:
    """Return what became of an election."""
    elections: ElectionService = request.state["elections"]
    owners: OwnerDesk = request.state["owners"]
    uuid, phase = seen.stored.uuid, seen.phase
    changes = await elections.changes(uuid)
    counted, named = phase in COUNTED, seen.manifest.secrecy == Secrecy.NAMED
    return Chronicle(
        effects=effects_of(changes),
        extensions=sum(isinstance(each, Prolonged) for each in changes),
        corrected=any(isinstance(each, Corrected) for each in changes),
        offices={name: office.name for name, office in (await elections.offices(uuid)).items()},
        phone_changes=await owners.phone_changes(uuid),
        reissued_letters=await owners.reissued_letters(uuid),
        disputes=await _disputes(request, uuid) if phase in CLOSED else (),
        check=await find_check(request, seen),
        objections=await _objections(request, uuid) if counted else (),
        openings=await _openings(request, uuid) if counted and named else None,
        kept=await _kept(request, seen) if phase in {Phase.CERTIFIED, Phase.REVOKED, Phase.ANNULLED} else None,
        restored=await _restored(request, seen),
    )


async def _restored(request: Request, seen: Seen) -> Sequence[Copy]:
    """Return the restorations from backups that were made while ballots came in, or before."""
    copies: CopyService = request.state["copies"]
    opened, closed = seen.stored.opened_at, seen.stored.closed_at
    if opened is None:
        return ()
    return [
        copy
        for copy in await copies.adopted()
        if opened < copy.restored_at and (closed is None or copy.made_at < closed)
    ]


async def find_check(request: Request, seen: Seen) -> Entry | None:
    """Return `check.json`, once the ballots are checked."""
    checks: CheckService = request.state["checks"]
    return _read(await checks.found(seen.stored.uuid)) if seen.checked and seen.phase in CLOSED else None


async def _disputes(request: Request, uuid: str) -> Sequence[Entry]:
    checks: CheckService = request.state["checks"]
    disputes: Sequence[Entry] = _read(await checks.disputes(uuid))["disputes"]
    return disputes


async def _objections(request: Request, uuid: str) -> Sequence[Entry]:
    service: ObjectionService = request.state["objections"]
    objections: Sequence[Entry] = _read(await service.published(uuid))["objections"]
    return objections


async def _openings(request: Request, uuid: str) -> Counter[str]:
    service: OpeningService = request.state["openings"]
    return Counter(each["reason"] for each in _read(await service.published(uuid))["openings"])


async def _kept(request: Request, seen: Seen) -> Kept:
    service: RetentionService = request.state["retention"]
    steps = [each["what"] for each in _read(await service.published(seen.stored.uuid))["steps"]]
    due = {each.what: each.until for certificate in seen.certificates for each in certificate.retention}
    return Kept(steps.count(TRUSTEE_KEYS), LETTERS in steps, due)


def _read(data: bytes) -> Entry:
    entry: Entry = read_json(data, "published")
    return entry
