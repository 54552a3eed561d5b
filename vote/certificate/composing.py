"""Gathers what a certificate says from what was recorded on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from crypto.encoding import read_json
from vote.certificate import objection as objection_rules
from vote.certificate.content import Certificate
from vote.certificate.objecting import ObjectionService
from vote.certificate.objection import StoredObjection, Topic
from vote.certificate.parts import (
    Change,
    Channel,
    Disclosure,
    Disputes,
    Extension,
    Keeping,
    Measures,
    Objection,
    Records,
    Times,
)
from vote.certificate.rules import Facts, Issue, compose_certificate
from vote.certificate.sheet import sheet_name
from vote.certificate.store import CertificateStore
from vote.certificate.weighing import Weighing, weigh
from vote.check.rules import DisputeOutcome, StoredDispute
from vote.check.store import CheckStore
from vote.clock import CHINA
from vote.election import change as change_rules
from vote.election.change import Corrected, Prolonged, Withdrawn, effects_of
from vote.election.manifest import Manifest, decode_manifest
from vote.election.office import decode_office
from vote.election.packing import unpack
from vote.election.store import ElectionStore, StoredElection
from vote.election.terms import OFFICES
from vote.errors import ContradictionError
from vote.roll.area import write_area
from vote.tally.service import TallyService
from vote.tally.store import TallyStore

KEY_DAYS = 30
"""Days after the certificate within which trustees' keys and letters are destroyed."""
EVIDENCE_YEARS = 5


class OwnerRecords(Protocol):
    """What counts changes that concern one owner each; it lies in other areas."""

    async def phone_changes(self, uuid: str) -> int:
        """Return how many phones were changed after the roll was frozen."""

    async def reissued_letters(self, uuid: str) -> int:
        """Return how many letters were issued again."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes certificates."""

    store: CertificateStore
    elections: ElectionStore
    checks: CheckStore
    tallies: TallyStore
    tally: TallyService
    objections: ObjectionService
    records: OwnerRecords
    origin: str
    """The public address of the installation."""

    async def compose(self, stored: StoredElection, issue: Issue) -> Certificate:
        """Return a certificate with everything that was recorded.

        Raises:
            RefusedError: an objection waits for its answer, or the time for objections is not over.
            ContradictionError: what must have been recorded is not there.
        """
        uuid, files = stored.uuid, stored.sealed()
        objections = await self.store.objections(uuid)
        objection_rules.require_all_answered(objections)
        result, shares = await self.tallies.find_result(uuid), await self.tallies.shares(uuid)
        found = await self.checks.find(uuid)
        if result is None or found is None:
            raise ContradictionError(f"election {uuid} is {stored.state} and has no result or check")
        manifest, checked = decode_manifest(files.manifest), read_json(found.body, "check")
        made = [
            (change_rules.decode_change(read_json(body, "change"), "change"), at)
            for body, at in await self.elections.dated_changes(uuid)
        ]
        disputes = await self.checks.disputes(uuid)
        contested = await self._contested(uuid, manifest, disputes, objections)
        weighed = weigh(manifest, result.finding, contested, effects_of(each for each, _ in made).doubtful)
        offices = {name: decode_office(data).name for name, data in (await self.elections.offices(uuid)).items()}
        facts = Facts(
            archive_sha256=await self._archive_digest(uuid),
            fingerprint=files.fingerprint,
            address=f"{self.origin}/elections/{uuid}",
            sheet=sheet_name(),
            offices=tuple(offices[name] for name in OFFICES),
            times=await self._times(stored, found.checked_at, result.opened_at),
            extensions=tuple(
                Extension(announced_at=_second(at), closes_at=change.closes_at)
                for change, at in made
                if isinstance(change, Prolonged)
            ),
            changes=tuple(_change(manifest, change, at) for change, at in made if not isinstance(change, Prolonged)),
            channels=(await self._online(uuid, checked["cast"]["area_dm2"]),),
            opened=tuple(sorted(share.trustee for share in shares)),
            weighed=weighed.questions,
            contested=weighed.contested,
            disputes=_count_disputes(disputes),
            objections=tuple(_objection(topic) for topic in objection_rules.topics_of(objections)),
            disclosure=_disclosure(checked["disclosure"]),
            records=Records(
                phone_changes=await self.records.phone_changes(uuid),
                reissued_letters=await self.records.reissued_letters(uuid),
            ),
            retention=_retention(issue.issued_at),
        )
        return compose_certificate(files.manifest, result.finding, facts, issue)

    async def weigh(self, stored: StoredElection) -> Weighing:
        """Return how firmly the outcomes stand as things are now.

        Raises:
            ContradictionError: there is no result.
        """
        uuid, result = stored.uuid, await self.tallies.find_result(stored.uuid)
        if result is None:
            raise ContradictionError(f"election {uuid} is {stored.state} and has no result")
        manifest, objections = decode_manifest(stored.sealed().manifest), await self.store.objections(uuid)
        made = [
            change_rules.decode_change(read_json(body, "change"), "change")
            for body in await self.elections.changes(uuid)
        ]
        contested = await self._contested(uuid, manifest, await self.checks.disputes(uuid), objections)
        return weigh(manifest, result.finding, contested, effects_of(made).doubtful)

    async def _times(self, stored: StoredElection, checked_at: datetime, preliminary_at: datetime) -> Times:
        if stored.noticed_at is None or stored.opened_at is None or stored.closed_at is None:
            raise ContradictionError(f"election {stored.uuid} is {stored.state} and lacks a moment of its life")
        return Times(
            noticed_at=_second(stored.noticed_at),
            opened_at=_second(stored.opened_at),
            closes_at=stored.draft.closes_at,
            closed_at=_second(stored.closed_at),
            checked_at=_second(checked_at),
            preliminary_at=_second(preliminary_at),
            objections_until=_second(await self.objections.ends_at(stored)),
        )

    async def _online(self, uuid: str, area_dm2: int) -> Channel:
        counts = await self.store.box_counts(uuid)
        return Channel(
            channel="online",
            issued=None,
            returned=counts.returned,
            superseded=counts.returned - counts.set_aside - counts.counted,
            void=0,
            set_aside=counts.set_aside,
            counted=counts.counted,
            area_dm2=area_dm2,
        )

    async def _contested(
        self, uuid: str, manifest: Manifest, disputes: Sequence[StoredDispute], objections: Sequence[StoredObjection]
    ) -> Measures:
        """Return the weight of those who took part and whose ballots stay in doubt."""
        doubtful = {each.about for each in disputes if each.outcome is DisputeOutcome.CONTESTED}
        doubtful |= objection_rules.contested_by(objections)
        areas = [
            unpack(each.weight, manifest.base).area_dm2
            for each in await self.checks.cast(uuid)
            if each.entitlement in doubtful
        ]
        return Measures(heads=len(areas), area_dm2=sum(areas))

    async def _archive_digest(self, uuid: str) -> str:
        digest = sha256()
        async for piece in await self.tally.archive(uuid):
            digest.update(piece)
        return digest.hexdigest()


def _count_disputes(disputes: Sequence[StoredDispute]) -> Disputes:
    ended = [each.outcome for each in disputes]
    return Disputes(
        raised=len(disputes),
        set_aside=ended.count(DisputeOutcome.SET_ASIDE),
        kept=ended.count(DisputeOutcome.KEPT),
        contested=ended.count(DisputeOutcome.CONTESTED),
    )


def _change(manifest: Manifest, change: Withdrawn | Corrected, at: datetime) -> Change:
    if isinstance(change, Withdrawn):
        candidate = manifest.questions[change.question].choices[change.choice]
        return Change(kind="withdrawal", question=change.question + 1, candidate=candidate, note=None, at=_second(at))
    sign = "-" if change.area_dm2 < 0 else "+"
    note = f"业主人数{change.heads:+d}，面积{sign}{write_area(abs(change.area_dm2))}㎡"
    return Change(kind="correction", question=None, candidate=None, note=note, at=_second(at))


def _objection(topic: Topic) -> Objection:
    main = topic.main
    if main.outcome is None or main.answer is None or main.answered_at is None:
        raise ContradictionError(f"objection {main.number} has no answer")
    return Objection(
        topic=main.topic,
        question=main.question,
        raised=topic.raised,
        outcome=main.outcome,
        answer=main.answer,
        answered_at=_second(main.answered_at),
    )


def _disclosure(found: dict[str, Any] | None) -> Disclosure:
    if found is None:
        return Disclosure(simulations=0, permyriad=0, exact=True, outliers=0, accepted=False)
    names = "simulations", "permyriad", "exact", "outliers", "accepted"
    return Disclosure(**{name: found[name] for name in names})


def _retention(issued_at: datetime) -> tuple[Keeping, ...]:
    day = issued_at.astimezone(CHINA).date()
    soon = day + timedelta(days=KEY_DAYS)
    late = date(day.year + EVIDENCE_YEARS, day.month, min(day.day, 28))
    return (
        Keeping(what="trustee-keys", until=soon),
        Keeping(what="letters", until=soon),
        Keeping(what="evidence", until=late),
    )


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
