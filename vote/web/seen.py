"""Shows an election as pages see it: its phase, until when something can still be said, its certificates.

 * A draft is nobody's business: it is not found.
 * A certificate that was revoked takes its result out of force, whatever the election's state.

Not here: what became of it on the way (`chronicle.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from vote.certificate.content import CERTIFICATE, REVOCATION, Certificate
from vote.certificate.objecting import ObjectionService
from vote.certificate.service import CertificateService
from vote.certificate.signed import decode_signed
from vote.db import database_now
from vote.election.change import period_ends
from vote.election.manifest import Manifest, decode_manifest
from vote.election.rules import State
from vote.election.service import ElectionService
from vote.election.store import StoredElection
from vote.errors import Reason, RefusedError
from vote.tally.service import TallyService
from vote.web.phase import VOTED, Phase, phase_of


@dataclass(frozen=True, slots=True)
class Seen:
    """A sealed election as pages show it."""

    stored: StoredElection
    manifest: Manifest
    phase: Phase
    now: datetime
    came: tuple[int, ...] = ()
    """The key-holders who have opened the box, numbered from 1."""
    checked: bool = False
    """Whether the ballots were checked, so that the archive holds them."""
    ends: datetime | None = None
    """When the time for what may be said in this phase ends: disputes, then objections; None if it has no days."""
    certificates: tuple[Certificate, ...] = ()
    """Those that all three offices signed, the first one first."""

    @property
    def until(self) -> datetime | None:
        """When that time ends, while it runs."""
        return self.ends if self.ends and self.now < self.ends else None

    @property
    def next(self) -> str:
        """The key of what comes next."""
        key = f"next.{self.phase}"
        if self.phase is Phase.OPENING and len(self.came) >= self.manifest.trustees["threshold"]:
            return f"{key}-came"
        if self.phase not in {Phase.CHECKING, Phase.PRELIMINARY} or self.until:
            return key
        return f"{key}-over" if self.ends else f"{key}-now"

    @property
    def certificate(self) -> Certificate | None:
        """The certificate that counts: none before it was issued, and none after it was revoked."""
        last = self.certificates[-1] if self.certificates else None
        return None if last is None or last.kind == REVOCATION else last

    @property
    def corrected(self) -> bool:
        """Whether the certificate that counts is not the first one."""
        return self.certificate is not None and self.certificate.kind != CERTIFICATE


async def get_seen(request: Request) -> Seen:
    """Return the election that the address names.

    Raises:
        RefusedError: there is none, or it is a draft.
    """
    elections: ElectionService = request.state["elections"]
    stored = await elections.get(request.path_params["election"])
    if stored.files is None:
        raise RefusedError(Reason.NOT_FOUND, "There is no election of this number.")
    return await see(request, stored)


async def see(request: Request, stored: StoredElection) -> Seen:
    """Return a sealed election as it stands now."""
    elections: ElectionService = request.state["elections"]
    tallies: TallyService = request.state["tallies"]
    manifest, now = decode_manifest(stored.sealed().manifest), await database_now()
    certificates = await _certificates(request, stored)
    phase = phase_of(
        stored.state,
        opens_at=stored.draft.opens_at,
        closes_at=stored.closes_at,
        now=max(now, stored.ended_at or now),
        revoked=bool(certificates) and certificates[-1].kind == REVOCATION,
    )
    came = await tallies.share_proofs(stored.uuid) if phase in VOTED else []
    return Seen(
        stored=stored,
        manifest=manifest,
        phase=phase,
        now=now,
        came=tuple(trustee for trustee, _ in came),
        checked=await elections.is_checked(stored.uuid),
        ends=await _ends(request, stored, manifest),
        certificates=certificates,
    )


async def _ends(request: Request, stored: StoredElection, manifest: Manifest) -> datetime | None:
    periods = manifest.periods
    if stored.state is State.CLOSED and stored.closed_at and periods.check_days:
        return period_ends(stored.closed_at, periods.check_days)
    if stored.state is State.PRELIMINARY and periods.objection_days:
        objections: ObjectionService = request.state["objections"]
        return await objections.ends_at(stored)
    return None


async def _certificates(request: Request, stored: StoredElection) -> tuple[Certificate, ...]:
    if stored.state is not State.CERTIFIED:
        return ()
    service: CertificateService = request.state["certificates"]
    last = decode_signed(await service.issued(stored.uuid)).certificate
    earlier = [decode_signed(await service.issued(stored.uuid, number)) for number in range(1, last.number)]
    return (*(each.certificate for each in earlier), last)
