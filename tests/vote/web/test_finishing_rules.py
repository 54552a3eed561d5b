"""The road, homes and the life of an election, by hand-made tables."""

from datetime import UTC, datetime, timedelta

import pytest

from vote.account.events import EventKind
from vote.log.rules import Kind
from vote.role import Role
from vote.web.finishing.home import find_home, spell
from vote.web.finishing.life import LEFT_OUT, OWNER, Act, Entry, is_of, life_of
from vote.web.finishing.record_pages import word_key
from vote.web.finishing.road import PAGES, Facts, Name, act_of, current, steps_of, turn_of
from vote.web.phase import Phase, Progress
from vote.web.words import TEXTS

NOW = datetime(2027, 1, 1, 10, 0, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(days=1)


def at(phase: Phase, **facts: object) -> Facts:
    return Facts(phase=phase, now=NOW, closes_at=BEFORE, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (at(Phase.OPEN), None),
        (at(Phase.ANNULLED), None),
        (at(Phase.CLOSING), Name.CLOSING),
        (at(Phase.CHECKING, ends=AFTER), Name.DISPUTES),
        (at(Phase.CHECKING, ends=NOW), Name.CHECK),
        (at(Phase.CHECKING, ends=BEFORE, waiting=1), Name.DISPUTES),
        (at(Phase.CHECKING), Name.CHECK),
        (at(Phase.ADDING), Name.OPENING),
        (at(Phase.OPENING), Name.OPENING),
        (at(Phase.PRELIMINARY, ends=AFTER), Name.OBJECTIONS),
        (at(Phase.PRELIMINARY, ends=BEFORE, waiting=2), Name.OBJECTIONS),
        (at(Phase.PRELIMINARY, ends=BEFORE), Name.COMPOSING),
        (at(Phase.PRELIMINARY, ends=BEFORE, composed_at=NOW), Name.SIGNING),
        (at(Phase.CERTIFIED), Name.DONE),
        (at(Phase.REVOKED), Name.DONE),
    ],
)
def test_one_step_is_under_way(facts: Facts, name: Name | None) -> None:
    assert current(facts) == name
    steps = steps_of(facts)
    assert [step.name for step in steps if step.progress is Progress.NOW] == ([] if name is None else [name])
    assert len(steps) == (0 if name is None else len(Name))


def test_a_step_says_when_it_was_done_and_until_when_it_goes_on() -> None:
    facts = at(Phase.PRELIMINARY, closed_at=BEFORE, checked_at=BEFORE, opened_at=NOW, ends=AFTER)
    steps = {step.name: step for step in steps_of(facts)}
    assert (steps[Name.CLOSING].at, steps[Name.CHECK].at, steps[Name.RESULT].at) == (BEFORE, BEFORE, NOW)
    assert steps[Name.OBJECTIONS].until == AFTER
    assert steps[Name.OBJECTIONS].turn == (Role.ORGANISER, Role.DESK)
    assert (steps[Name.SIGNING].at, steps[Name.SIGNING].until, steps[Name.SIGNING].turn) == (None, None, ())
    assert steps_of(at(Phase.CLOSING))[0].until == BEFORE
    assert steps_of(at(Phase.CHECKING, ends=BEFORE, waiting=1))[2].until is None


@pytest.mark.parametrize(
    ("name", "signed", "turn"),
    [
        (Name.SIGNING, 0, (Role.ORGANISER,)),
        (Name.SIGNING, 1, (Role.COMMUNITY,)),
        (Name.SIGNING, 2, (Role.SUB_DISTRICT,)),
        (Name.SIGNING, 3, ()),
        (Name.CHECK, 0, (Role.ORGANISER,)),
        (Name.DONE, 0, ()),
    ],
)
def test_it_is_somebodys_turn(name: Name, signed: int, turn: tuple[Role, ...]) -> None:
    assert turn_of(name, signed) == turn


@pytest.mark.parametrize(
    ("name", "roles", "act"),
    [
        (Name.DISPUTES, {Role.DESK}, "disputes.desk"),
        (Name.DISPUTES, {Role.DESK, Role.ORGANISER}, "disputes.organiser"),
        (Name.DISPUTES, {Role.STAFF}, "disputes.look"),
        (Name.CHECK, set(), "check.look"),
        (Name.SIGNING, {Role.COMMUNITY}, "signing.look"),
    ],
)
def test_the_button_is_what_one_does_or_that_one_looks_on(name: Name, roles: set[Role], act: str) -> None:
    assert act_of(name, frozenset(roles)) == act


def test_every_button_has_words() -> None:
    turns = {(name, signed) for name in Name for signed in range(3)}
    for name, signed in turns - {(Name.ROOMS, n) for n in range(3)} - {(Name.RESULT, n) for n in range(3)}:
        for role in (*turn_of(name, signed), Role.PUBLIC):
            assert f"finishing.act.{act_of(name, frozenset({role}), signed)}" in TEXTS
        assert f"finishing.step.{name}" in TEXTS
        assert f"finishing.hint.{name}" in TEXTS
        assert name in PAGES


HOMES = {7: ("3幢2单元501室", "3幢车位"), 8: ("3幢2单元502室",), 9: ("别墅A1",), 10: ("别墅A1",)}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3幢2单元501室", 7),
        ("3-2-501", 7),
        (" ３号楼 2单元０501 ", 7),
        ("3 2 502", 8),
        ("3-2-503", None),
        ("", None),
        ("—", None),
        ("别墅a1", None),
    ],
)
def test_a_home_is_found_however_it_is_typed(typed: str, number: int | None) -> None:
    assert find_home(typed, HOMES) == number


def test_a_zero_stays_a_zero() -> None:
    assert spell("0-1") == ("0", "1")


@pytest.mark.parametrize(
    ("facts", "belongs"),
    [
        ({"kind": "election:closed", "election": "E"}, True),
        ({"kind": "election:closed", "election": "F"}, False),
        ({"kind": "ballot:accepted", "election": "E"}, False),
        ({"kind": "roll:frozen", "roll": 4}, True),
        ({"kind": "roll:frozen", "roll": 5}, False),
    ],
)
def test_what_belongs_to_the_life_of_an_election(facts: dict[str, object], *, belongs: bool) -> None:
    assert is_of(facts, "E", 4) is belongs


def test_who_did_it_is_whoever_did_such_a_thing_at_that_moment() -> None:
    entries = [
        Entry({"kind": "dispute:raised", "dispute": 1}, NOW),
        Entry({"kind": "dispute:settled", "dispute": 1, "outcome": "kept"}, AFTER),
        Entry({"kind": "tally:opened", "result": "ab"}, AFTER + timedelta(days=1)),
    ]
    acts = [
        Act("dispute:written", "desk", "窗口甲", NOW + timedelta(seconds=2)),
        Act("dispute:written", "desk", "窗口乙", NOW + timedelta(seconds=1)),
        Act("dispute:settled", "organiser", "组长", AFTER + timedelta(minutes=1)),
        Act("participation:seen", "organiser", "组长", NOW + timedelta(hours=1), 566),
    ]
    told = [(step.kind, step.role, step.name, step.number, step.outcome, step.count) for step in life_of(entries, acts)]
    assert told == [
        ("dispute:raised", "desk", "窗口乙", 1, "", 1),
        ("dispute:written", "desk", "窗口甲", None, "", 1),
        ("participation:seen", "organiser", "组长", None, "", 566),
        ("dispute:settled", "organiser", "", 1, "kept", 1),
        ("dispute:settled", "organiser", "组长", None, "", 1),
        ("tally:opened", "", "", None, "", 1),
    ]
    assert life_of(entries, acts)[-1].digests == (("result", "ab"),)


@pytest.mark.parametrize(
    "kind",
    [
        *("election:sealed", "election:noticed", "election:extended", "election:annulled"),
        *("candidate:withdrawn", "roll:corrected", "roll:frozen", "phone:changed", "key:replaced"),
    ],
)
def test_a_step_that_somebody_took_names_them_once(kind: str) -> None:
    (step,) = life_of([Entry({"kind": kind}, NOW)], [Act(kind, "staff", "甲", NOW + timedelta(seconds=1))])
    assert (step.role, step.name) == ("staff", "甲")


def test_what_nobody_on_duty_wrote_down_an_owner_said_alone() -> None:
    (step,) = life_of([Entry({"kind": "dispute:raised", "dispute": 2}, NOW)], [])
    assert (step.role, step.name, step.number) == (OWNER, "", 2)


def test_every_entry_of_the_log_has_words() -> None:
    unknown = [kind for kind in Kind if kind not in LEFT_OUT and word_key(kind) == "finishing.life.other"]
    assert unknown == []
    assert word_key("something:new") == "finishing.life.other"


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_event_has_words_in_both_languages(kind: EventKind) -> None:
    assert word_key(kind) != "finishing.life.other"
    for key in (word_key(kind), f"event.{kind}"):
        assert TEXTS[key].zh
        assert TEXTS[key].en
