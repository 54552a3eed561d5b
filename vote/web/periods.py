"""Lists the periods of an election as people read notices: from when until when, and whether one is running.

* Only what has a date stands in it; what comes without one is told by the election's own page.
* A period that ran out is over even before anybody did what follows.
"""

from datetime import datetime
from typing import NamedTuple

from vote.web.phase import Phase, Progress
from vote.web.seen import Seen


class Period(NamedTuple):
    """A notice or a time in which something can be done."""

    name: str
    since: datetime | None
    """None where the beginning is not written down."""
    until: datetime | None
    """None for what happened at one moment."""
    progress: Progress


def periods_of(seen: Seen) -> tuple[Period, ...]:
    """Return them in order; none of an election that was annulled."""
    stored, found = seen.stored, []
    if seen.phase is Phase.ANNULLED:
        return ()
    if stored.noticed_at:
        found.append(_period("notice", stored.noticed_at, stored.draft.opens_at, seen.now))
    if stored.noticed_at or seen.now < stored.draft.opens_at:
        found.append(_period("voting", stored.draft.opens_at, stored.closes_at, seen.now))
    if seen.phase is Phase.CHECKING and seen.ends:
        found.append(_period("checking", stored.closed_at, seen.ends, seen.now))
    if seen.phase is Phase.PRELIMINARY and seen.ends:
        found.append(_period("objecting", None, seen.ends, seen.now))
    if seen.certificate:
        issued = seen.certificate.issued_at
        found.append(Period("certified", datetime.fromisoformat(str(issued)), None, Progress.DONE))
    return tuple(found)


def _period(name: str, since: datetime | None, until: datetime, now: datetime) -> Period:
    if now >= until:
        return Period(name, since, until, Progress.DONE)
    return Period(name, since, until, Progress.LATER if since and now < since else Progress.NOW)
