"""Which events an owner is shown."""

from datetime import UTC, datetime, timedelta

from vote.account.concern import LIST_KINDS, ROLL_KINDS, Happened, concerns_of
from vote.account.events import EventKind

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)


def happened(kind, *, at=NOON, named=False, account=7, role="staff", count=3300):
    return Happened(kind, role, account, at, count, named=named)


def test_the_kinds_are_kinds_of_events():
    assert set(map(str, EventKind)) >= LIST_KINDS | ROLL_KINDS


def test_what_names_the_owner_is_a_line_each_time_the_latest_first():
    found = concerns_of(
        [happened("phone:seen", named=True), happened("desk:checked", named=True, at=NOON - timedelta(hours=1))] * 2, []
    )
    assert [(each.kind, each.listed, each.times) for each in found] == [
        ("phone:seen", False, 1),
        ("phone:seen", False, 1),
        ("desk:checked", False, 1),
        ("desk:checked", False, 1),
    ]


def test_a_list_that_one_person_opens_several_times_a_day_is_one_line():
    looks = [
        happened("voters:seen", count=40),
        happened("voters:seen", count=38, at=NOON + timedelta(hours=1)),
        happened("voters:seen", count=38, at=NOON + timedelta(hours=13)),
        happened("voters:seen", count=38, account=8),
    ]
    found = concerns_of(looks, [])
    assert [(each.account, each.at, each.times, each.count) for each in found] == [
        (7, NOON + timedelta(hours=13), 1, 38),
        (7, NOON + timedelta(hours=1), 2, 40),
        (8, NOON, 1, 38),
    ], "the second day begins at midnight in China"


def test_a_list_of_those_who_had_not_voted_concerns_nobody_who_had():
    looks = [happened("voters:seen"), happened("owners:reminded"), happened("phone:seen")]
    assert [each.kind for each in concerns_of(looks, [NOON + timedelta(seconds=1)])] == [
        "phone:seen",
        "owners:reminded",
        "voters:seen",
    ]
    assert [each.kind for each in concerns_of(looks, [NOON + timedelta(days=1), NOON])] == ["phone:seen"]


def test_an_empty_list_concerns_nobody():
    assert concerns_of([happened("phone:seen", count=0)], []) == []
    assert len(concerns_of([happened("phone:seen", count=0, named=True)], [])) == 1
