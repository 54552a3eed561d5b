"""Decides which notice a meeting of a procedure needs: how many full days ahead, and which offices are told.

Follows the profile's `meeting_notice` (PMR art. 14, ZJ arts. 8–9, HZ art. 19).
"""

from collections.abc import Mapping
from datetime import date

from vote.law.measure import Period
from vote.law.procedure import Procedure
from vote.law.profile import Profile

INTERIM = frozenset({Procedure.BY_ELECTION, Procedure.RECALL, Procedure.MEETING})
"""Those whose meeting is an interim one, for which some places ask fewer days of notice."""


def notice_period(profile: Profile, procedure: Procedure, *, on: date) -> Period:
    """Return the full days between notice and the first day of voting."""
    if procedure in INTERIM:
        content = profile.value("meeting_notice", on=on).content
        assert isinstance(content, Mapping)
        if isinstance(content["interim"], Period):
            return content["interim"]
    return profile.read(Period, "meeting_notice.before", on=on)


def bodies_to_inform(profile: Profile, procedure: Procedure, *, on: date) -> tuple[str, ...]:
    """Return which offices are told of a meeting: COUNTY, SUB_DISTRICT, COMMUNITY."""
    which = "inform_first" if procedure is Procedure.FORMING else "inform_later"
    return profile.read(tuple, f"meeting_notice.{which}", on=on)
