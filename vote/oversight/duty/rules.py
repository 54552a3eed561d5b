"""Decides which duties an estate has on a day, and by which article.

 * Periodic duties follow the profile: income, fund, expenses and seals in each part of a year that its interval gives,
   due on the part's last day; the manager's disclosure by its day of each year. Where a place sets no interval for the
   committee, that of the nearest profile above it stands.
 * Others follow what happened: a decision, an election, the end of a term, somebody leaving. Where the article gives no
   number of days there is a duty without a day; it is never overdue.
 * A decision may promise something itself: what, by when, who sees to it.
 * What happened before duties were kept makes none: nobody could have entered it in time.

Follows docs/decisions/0023-records.md; the articles stand in the profiles.

Not here: counting days (`calendar.py`), how a duty stands (`standing.py`), which records start one (`evidence.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vote.errors import Reason, RefusedError
from vote.law.calendar import IsHoliday, Span, after_holiday, day_after, day_before, day_of_alert, spans_of
from vote.law.citation import Citation
from vote.law.measure import Period
from vote.law.profile import Entry, Profile, Value

LONGEST_AHEAD = Period(10, "Y")
"""How far ahead a known day may lie."""


class Act(StrEnum):
    """What is owed. Add to it, never rename: the log has these words."""

    MANAGER_DISCLOSURE = "manager-disclosure"
    INCOME = "income"
    FUND = "fund"
    EXPENSES = "expenses"
    SEALS = "seals"
    COMMITTEE_DECISION = "committee-decision"
    ASSEMBLY_DECISION = "assembly-decision"
    AGENDA = "agenda"
    OFFICERS = "officers"
    FILING = "filing"
    RENEWAL = "renewal"
    HANDOVER = "handover"
    MEMBER_RETURN = "member-return"
    TERMINATION = "termination"
    TAKEOVER = "takeover"
    AUDIT = "audit"
    AUDIT_RESULT = "audit-result"
    PROMISE = "promise"
    GROUP_HANDOVER = "group-handover"
    MEETING = "meeting"
    CHANGE_FILING = "change-filing"
    DISMISSAL_NOTICE = "dismissal-notice"


class Debtor(StrEnum):
    """Who owes it."""

    COMMITTEE = "committee"
    OLD_COMMITTEE = "old-committee"
    MANAGER = "manager"
    MEMBER = "member"
    GROUP = "group"
    """The preparatory group."""


class Event(StrEnum):
    """What starts a clock."""

    COMMITTEE_DECIDED = "committee-decided"
    ASSEMBLY_DECIDED = "assembly-decided"
    COMMITTEE_MEETS = "committee-meets"
    COMMITTEE_ELECTED = "committee-elected"
    TERM_ENDS = "term-ends"
    MEMBER_LEAVES = "member-leaves"
    CHAIR_OR_FINANCE_LEAVES = "chair-or-finance-leaves"
    OWNERS_DEMAND_AUDIT = "owners-demand-audit"
    REPRESENTATIVES_WANT_AUDIT = "representatives-want-audit"
    COVENANT_WANTS_AUDIT = "covenant-wants-audit"
    ASSEMBLY_WANTS_AUDIT = "assembly-wants-audit"
    AUDITED = "audited"
    TAKEN_OVER = "taken-over"
    PROMISED = "promised"
    COMMITTEE_FILED = "committee-filed"
    MEETING_DEMANDED = "meeting-demanded"
    FILED_CHANGED = "filed-changed"
    MANAGER_DISMISSED = "manager-dismissed"
    """The day is that on which the manager goes."""


OF_RECORDS = frozenset({Event.COMMITTEE_DECIDED, Event.PROMISED})
"""What records say by themselves; all others are entered."""
AHEAD = frozenset({Event.COMMITTEE_MEETS, Event.TERM_ENDS, Event.MANAGER_DISMISSED})
"""What may be known before it happens."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, or will on a known day."""

    event: Event
    on: date
    """For a promise: the day that the decision itself names."""
    name: str
    """Tells it from others of its kind, such as a record's uuid."""
    by_member: bool = False
    """For a promise: whether a member is named who sees to it."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the duties of an estate depend on."""

    since: date
    """Nothing is owed for a part of a year that began earlier, nor for what happened earlier."""
    managed: bool
    """Whether there is a property manager; if not, the owners manage themselves."""
    happenings: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed."""

    name: str
    """Its only name within the estate, as in `income:2026-12-31` or `audit:term-ends:…`."""
    act: Act
    debtor: Debtor
    due: date | None
    """None where the article gives no number of days."""
    value: Value | None
    """The rule with its words, article and mark; None where a decision is the ground."""
    span: Span | None = None
    """The part of the year in which a record of its kind fulfils it."""

    @property
    def about(self) -> str:
        """The record or happening that it follows from; of a periodic duty, the last day of its part."""
        return self.name.partition(":")[2]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Its article, then others it rests on; none where a decision is the ground."""
        return self.value.citations if self.value else ()


@dataclass(frozen=True, slots=True)
class Alert:
    """A day on which the end of a term is recalled."""

    on: date
    ahead: Period
    term_ends: date


def duties_on(profile: Profile, situation: Situation, day: date, is_holiday: IsHoliday) -> tuple[Duty, ...]:
    """Return what an estate owes or owed, as known on a day, by due day; those without one come last.

    Raises:
        RefusedError: a period of the profile cannot be counted.
    """
    found = [*_periodic(profile, situation, day, is_holiday)]
    for happening in situation.happenings:
        if happening.on < situation.since:
            continue
        found += _following(profile, happening, is_holiday)
    return tuple(sorted(found, key=lambda duty: (duty.due is None, duty.due or date.max, duty.name)))


def alerts_on(profile: Profile, term_ends: date, day: date) -> tuple[Alert, ...]:
    """Return the alerts of a term's end whose day has come, while the term lasts; the latest first.

    The last one is the day by which the assembly must have met.
    """
    if day > term_ends:
        return ()
    periods = profile.read(tuple, "renewal_alerts", on=day)
    lead = profile.read(Period, "renewal.lead", on=day)
    alerts = {day_of_alert(term_ends, period): period for period in (*periods, lead)}
    return tuple(Alert(on, alerts[on], term_ends) for on in sorted(alerts, reverse=True) if on <= day)


def require_entered(event: Event) -> None:
    """Raise if an event is not entered, since records say it by themselves.

    Raises:
        RefusedError: it is a decision or a promise of the committee.
    """
    if event in OF_RECORDS:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "The committee's decisions start their clocks by themselves: publish the decision as a record.",
            zh="业委会的决定公布成记录就自动开始计时，不用在这里填。",
        )


def require_day(event: Event, on: date, since: date, today: date) -> None:
    """Raise unless an event can be noted for a day.

    Raises:
        RefusedError: it lies before duties are kept, or in a future in which it cannot be known.
    """
    if on < since:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            f"Duties are kept since {since}: what happened earlier starts no clock.",
            zh=f"应公开的事从{since.year}年{since.month}月{since.day}日起登记，更早的事不用填。",
        )
    if on > (day_of_known(today) if event in AHEAD else today):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "This day lies too far ahead: note what happened once it has.",
            zh="这个日期太靠后了。已经发生的事才填，会议、任期届满和合同终止可以先填。",
        )


def day_of_known(today: date) -> date:
    """Return the last day of the future that may be entered."""
    return day_after(today, LONGEST_AHEAD, lambda _: False)


def _periodic(profile: Profile, situation: Situation, day: date, is_holiday: IsHoliday) -> Iterator[Duty]:
    for year in range(situation.since.year, day.year + 1):
        for act, value, interval in _intervals(profile, date(year, 1, 1), self_managed=not situation.managed):
            for span in spans_of(year, interval):
                if situation.since <= span.first <= day:
                    due = after_holiday(span.last, is_holiday)
                    yield Duty(f"{act}:{span.last}", act, Debtor.COMMITTEE, due, value, Span(span.first, due))
        if situation.managed:
            yield from _disclosure(profile, situation.since, date(year, 1, 1))


def _intervals(profile: Profile, first: date, *, self_managed: bool) -> Iterator[tuple[Act, Value, Period]]:
    """What the committee owes again and again in the year that begins on a day, by which rule and how often."""
    income = _income_rule(profile, first, self_managed=self_managed)
    fund = profile.value("fund_publication", on=first)
    expenses = _expenses_rule(profile, first)
    seals = profile.value("seal_publication", on=first)
    for act, value, interval in (
        (Act.INCOME, income, _field(income, "interval")),
        (Act.FUND, fund, fund.content),
        (Act.EXPENSES, expenses, _field(expenses, "interval")),
        (Act.SEALS, seals, seals.content),
    ):
        if isinstance(interval, Period):
            yield act, value, interval
    audit = profile.value("audit", on=first)
    if "YEARLY" in _triggers(audit):
        yield Act.AUDIT, audit, Period(1, "Y")


def _disclosure(profile: Profile, since: date, first: date) -> Iterator[Duty]:
    """The manager's disclosure of the last year, owed from the first day of the next."""
    value = _nearest(profile, "manager_by", first)
    if value is not None and since <= first:
        due = date.fromisoformat(f"{first.year}-{_field(value, 'manager_by')}")
        name = f"{Act.MANAGER_DISCLOSURE}:{due}"
        yield Duty(name, Act.MANAGER_DISCLOSURE, Debtor.MANAGER, due, value, Span(first, due))


def _income_rule(profile: Profile, day: date, *, self_managed: bool) -> Value:
    """The nearest rule with an interval for the committee, at last the nation's; some are for self-management only."""
    values = _chain(profile, "income_publication", day)
    return next(
        value
        for value in values
        if _field(value, "interval") is not None and (self_managed or not _field(value, "self_managed_only"))
    )


def _expenses_rule(profile: Profile, day: date) -> Value:
    """The national rule names expenses beside income; those of places speak of income alone."""
    *_, national = _chain(profile, "income_publication", day)
    return national


def _nearest(profile: Profile, field: str, day: date) -> Value | None:
    values = _chain(profile, "income_publication", day)
    return next((value for value in values if _field(value, field) is not None), None)


def _chain(profile: Profile, name: str, day: date) -> Iterator[Value]:
    """What each profile says, the nearest first."""
    for each in profile.chain():
        entries: tuple[Entry, ...] = each.own_values.get(name, ())
        inherited = each is not profile
        yield from (Value(name, entry, each.id, inherited=inherited) for entry in entries if entry.stands_on(day))


def _following(profile: Profile, happening: Happening, is_holiday: IsHoliday) -> Iterator[Duty]:
    """What one happening makes somebody owe, by the rules of its day."""
    day = happening.on
    if happening.event is Event.PROMISED:
        name = f"{Act.PROMISE}:{happening.name}"
        debtor = Debtor.MEMBER if happening.by_member else Debtor.COMMITTEE
        yield Duty(name, Act.PROMISE, debtor, happening.on, None)
    for act, debtor, parameter in _AFTER.get(happening.event, ()):
        value = profile.value(parameter, on=day)
        period = _field(value, "within") if isinstance(value.content, Mapping) else value.content
        if value.entry.citation.source.code == _UNKNOWN and period is None:
            continue
        due = day_after(happening.on, period, is_holiday) if isinstance(period, Period) else None
        yield Duty(f"{act}:{happening.name}", act, debtor, due, value)
    if happening.event in _BEFORE:
        act, parameter, field = _BEFORE[happening.event]
        value = profile.value(parameter, on=day)
        period = _field(value, field) if field else value.content
        assert isinstance(period, Period)
        yield Duty(f"{act}:{happening.name}", act, Debtor.COMMITTEE, day_before(happening.on, period), value)
    audit = profile.value("audit", on=day)
    if _AUDITED_FOR.get(happening.event) in _triggers(audit):
        yield Duty(f"{Act.AUDIT}:{happening.name}", Act.AUDIT, Debtor.COMMITTEE, None, audit)


def _triggers(audit: Value) -> tuple[object, ...]:
    triggers = _field(audit, "triggers")
    assert isinstance(triggers, tuple)
    return triggers


def _field(value: Value, name: str) -> object:
    assert isinstance(value.content, Mapping)
    return value.content[name]


_UNKNOWN = "DESIGN"
"""What a null is cited from where no text was seen: then there is no duty."""

_AFTER: Mapping[Event, tuple[tuple[Act, Debtor, str], ...]] = {
    Event.COMMITTEE_DECIDED: ((Act.COMMITTEE_DECISION, Debtor.COMMITTEE, "committee_publication"),),
    Event.ASSEMBLY_DECIDED: ((Act.ASSEMBLY_DECISION, Debtor.COMMITTEE, "result_publication"),),
    Event.COMMITTEE_ELECTED: (
        (Act.OFFICERS, Debtor.COMMITTEE, "officers"),
        (Act.FILING, Debtor.COMMITTEE, "filing"),
    ),
    Event.TERM_ENDS: ((Act.HANDOVER, Debtor.OLD_COMMITTEE, "handover"),),
    Event.MEMBER_LEAVES: (
        (Act.TERMINATION, Debtor.COMMITTEE, "termination_publication"),
        (Act.MEMBER_RETURN, Debtor.MEMBER, "member_return"),
    ),
    Event.CHAIR_OR_FINANCE_LEAVES: (
        (Act.TERMINATION, Debtor.COMMITTEE, "termination_publication"),
        (Act.MEMBER_RETURN, Debtor.MEMBER, "member_return"),
    ),
    Event.AUDITED: ((Act.AUDIT_RESULT, Debtor.COMMITTEE, "audit_publication"),),
    Event.COMMITTEE_FILED: ((Act.GROUP_HANDOVER, Debtor.GROUP, "group_handover"),),
    Event.MEETING_DEMANDED: ((Act.MEETING, Debtor.COMMITTEE, "demanded_meeting"),),
    Event.FILED_CHANGED: ((Act.CHANGE_FILING, Debtor.COMMITTEE, "change_filing"),),
    Event.TAKEN_OVER: ((Act.TAKEOVER, Debtor.MANAGER, "takeover_publication"),),
}

_BEFORE: Mapping[Event, tuple[Act, str, str]] = {
    Event.COMMITTEE_MEETS: (Act.AGENDA, "committee_agenda", "before"),
    Event.TERM_ENDS: (Act.RENEWAL, "renewal", "lead"),
    Event.MANAGER_DISMISSED: (Act.DISMISSAL_NOTICE, "dismissal_notice", ""),
}
"""What is owed ahead of it, by which parameter, in which of its fields."""

_AUDITED_FOR: Mapping[Event, str] = {
    Event.TERM_ENDS: "RENEWAL",
    Event.CHAIR_OR_FINANCE_LEAVES: "CHAIR_OR_FINANCE_LEAVES",
    Event.OWNERS_DEMAND_AUDIT: "OWNERS_PETITION",
    Event.REPRESENTATIVES_WANT_AUDIT: "REPRESENTATIVES_DECIDE",
    Event.COVENANT_WANTS_AUDIT: "COVENANT",
    Event.ASSEMBLY_WANTS_AUDIT: "ASSEMBLY_DECIDES",
}
"""Where an audit is asked for by the assembly alone, its decision makes the duty."""
