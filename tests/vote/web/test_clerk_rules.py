"""What is next in an estate, by hand for every state."""

from datetime import UTC, datetime, timedelta

import pytest

from vote.election.rules import State
from vote.role import Role
from vote.web.clerk.asking import without_command
from vote.web.clerk.rules import (
    Act,
    DraftFacts,
    ElectionFacts,
    EstateFacts,
    Next,
    Step,
    answer_by,
    due_act,
    in_order,
    next_step,
)

NOW = datetime(2026, 12, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OPENS, CLOSES = NOW + 5 * DAY, NOW + 15 * DAY


def election(state: State, **changes: object) -> ElectionFacts:
    return ElectionFacts(**{"uuid": "u", "state": state, "opens_at": OPENS, "closes_at": CLOSES, **changes})


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({}, Step(Next.UPLOAD, "/work/estates/e/rolls/new")),
        ({"draft": DraftFacts(7, 0, None)}, Step(Next.COLUMNS, "/work/rolls/7/columns")),
        ({"draft": DraftFacts(7, 566, None)}, Step(Next.POST, "/work/rolls/7/notice")),
        ({"draft": DraftFacts(7, 566, NOW + DAY)}, Step(Next.WAIT, "/work/rolls/7", NOW + DAY)),
        ({"draft": DraftFacts(7, 566, NOW)}, Step(Next.FREEZE, "/work/rolls/7/freeze", NOW)),
        (
            {"draft": DraftFacts(7, 566, NOW, [NOW - DAY, NOW - 2 * DAY])},
            Step(Next.ANSWER, "/work/rolls/7/objections", NOW + DAY, 2),
        ),
        ({"frozen": 7}, Step(Next.SET_UP, "/work/estates/e/elections/new")),
        ({"frozen": 7, "draft": DraftFacts(8, 0, None)}, Step(Next.COLUMNS, "/work/rolls/8/columns")),
        ({"elections": [election(State.DRAFT)]}, Step(Next.PREPARE, "/work/elections/u/set-up", OPENS)),
        ({"elections": [election(State.SEALED)]}, Step(Next.NOTICE, "/work/elections/u/notice", OPENS)),
        (
            {"elections": [election(State.NOTICED, undelivered=3)]},
            Step(Next.DELIVER, "/work/elections/u/deliveries", OPENS, 3),
        ),
        ({"elections": [election(State.OPEN)]}, Step(Next.WATCH, "/work/elections/u", CLOSES)),
        ({"elections": [election(State.OPEN, closes_at=NOW)]}, Step(Next.FINISH, "/work/elections/u/finish")),
        ({"elections": [election(State.CLOSED, waiting=2)]}, Step(Next.FINISH, "/work/elections/u/finish", None, 2)),
        ({"elections": [election(State.PRELIMINARY)]}, Step(Next.FINISH, "/work/elections/u/finish")),
        ({"frozen": 7, "elections": [election(State.CERTIFIED)]}, Step(Next.DONE, "/work/elections/u/finish")),
        ({"frozen": 7, "elections": [election(State.ANNULLED)]}, Step(Next.SET_UP, "/work/estates/e/elections/new")),
        (
            {"elections": [election(State.CERTIFIED, uuid="v"), election(State.OPEN)]},
            Step(Next.WATCH, "/work/elections/u", CLOSES),
        ),
    ],
)
def test_the_next_step(facts: dict[str, object], step: Step) -> None:
    assert next_step(EstateFacts("e", **facts), NOW) == step


def test_an_objection_is_answered_before_the_time_is_over_and_within_three_days_at_least() -> None:
    assert answer_by(NOW, None) == NOW + 3 * DAY
    assert answer_by(NOW, NOW + DAY) == NOW + 3 * DAY
    assert answer_by(NOW, NOW + 7 * DAY) == NOW + 7 * DAY


def test_overdue_comes_first_then_by_date_then_without() -> None:
    steps = {
        "a": Step(Next.UPLOAD, ""),
        "b": Step(Next.WATCH, "", NOW + DAY),
        "c": Step(Next.FREEZE, "", NOW - DAY),
        "d": Step(Next.FREEZE, "", NOW - 2 * DAY),
        "e": Step(Next.SET_UP, ""),
        "f": Step(Next.WAIT, "", NOW - 3 * DAY),
    }
    assert [estate for estate, _ in in_order(steps.items(), NOW)] == ["d", "c", "f", "b", "a", "e"]


def test_what_runs_by_itself_is_never_overdue() -> None:
    assert Step(Next.FREEZE, "", NOW - DAY).is_overdue(NOW)
    assert not Step(Next.FREEZE, "", NOW).is_overdue(NOW)
    assert not Step(Next.WATCH, "", NOW - DAY).is_overdue(NOW)
    assert not Step(Next.UPLOAD, "").is_overdue(NOW)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (
            "工作表“一”第 1 行表头缺少栏目：室号；请补上表头，或用 --map 室号=表头 指定",
            "工作表“一”第 1 行表头缺少栏目：室号",
        ),
        ("工作表“一”、“二”都像业主清册，请用 --sheet 指定读哪一张", "工作表“一”、“二”都像业主清册"),
        (
            "sheet one, row 1: no column for X; name it in the header, or map it with --map X=HEADER",
            "sheet one, row 1: no column for X",
        ),
        (
            "the sheets a and b both have the columns of a roll; name the one to read with --sheet",
            "the sheets a and b both have the columns of a roll",
        ),
        ("文件无法读取，请把清册另存为 csv 或新的工作簿再导入", "文件无法读取，请把清册另存为 csv 或新的工作簿再导入"),
    ],
)
def test_pages_name_no_options_of_commands(told: str, shown: str) -> None:
    assert without_command(told) == shown


@pytest.mark.parametrize(
    ("role", "state", "act"),
    [
        (Role.TRUSTEE, State.DRAFT, Act.KEY),
        (Role.REGISTRAR, State.DRAFT, Act.LETTERS),
        (Role.PHONES, State.DRAFT, Act.PHONES),
        (Role.SUB_DISTRICT, State.DRAFT, Act.SIGN_KEYS),
        (Role.DESK, State.DRAFT, Act.NONE),
        (Role.TRUSTEE, State.SEALED, Act.NONE),
        (Role.DESK, State.NOTICED, Act.DESK),
        (Role.ORGANISER, State.NOTICED, Act.NONE),
        (Role.ORGANISER, State.OPEN, Act.WATCH),
        (Role.COMMUNITY, State.OPEN, Act.WATCH),
        (Role.PHONES, State.OPEN, Act.PHONES),
        (Role.ORGANISER, State.CLOSED, Act.SETTLE),
        (Role.DESK, State.CLOSED, Act.DESK),
        (Role.TRUSTEE, State.CLOSED, Act.NONE),
        (Role.TRUSTEE, State.CHECKED, Act.OPEN_BOX),
        (Role.TRUSTEE, State.TALLIED, Act.OPEN_BOX),
        (Role.ORGANISER, State.TALLIED, Act.NONE),
        (Role.COMMUNITY, State.PRELIMINARY, Act.CERTIFY),
        (Role.TRUSTEE, State.PRELIMINARY, Act.NONE),
        (Role.COMMUNITY, State.CERTIFIED, Act.NONE),
    ],
)
def test_who_has_a_duty_is_told_what_is_due(role: Role, state: State, act: Act) -> None:
    assert due_act(role, state) is act
