"""Lawful changes: what the sealed rules allow, the days that must lie between, and the public list."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError, VerificationError
from tests.vote.election.test_manifest import MANIFEST
from vote.clock import CHINA
from vote.election.change import (
    Corrected,
    Prolonged,
    Withdrawn,
    correct,
    decode_change,
    decode_changes_list,
    effects_of,
    encode_change,
    encode_changes_list,
    period_ends,
    require_correction,
    require_extension,
    require_notice,
    require_withdrawal,
    verify_changes,
)
from vote.election.packing import Measures
from vote.election.terms import Changes, Extension
from vote.errors import Reason, RefusedError

UUID, OTHER = "DQB53CqA1UtMwz", "Ddp2RtfN1U8EFV"
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
CLOSES = datetime(2026, 12, 20, 10, tzinfo=UTC)
LATEST = CLOSES + 7 * DAY
ONCE = Changes(Extension(1, LATEST))
ALL = Prolonged(CLOSES + DAY), Withdrawn(1, 0), Corrected(-1, 250)
LIST = {
    "version": 1,
    "election": UUID,
    "changes": [
        {"kind": "extension", "closes_at": "2026-12-21T10:00:00Z"},
        {"kind": "withdrawal", "question": 1, "choice": 0},
        {"kind": "correction", "heads": -1, "area_dm2": 250},
    ],
}

moments = st.datetimes().map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))
whole, signed = st.integers(0, 2**53 - 1), st.integers(1 - 2**53, 2**53 - 1)
changes = st.one_of(
    st.builds(Prolonged, moments), st.builds(Withdrawn, whole, whole), st.builds(Corrected, signed, signed)
)


def china(text: str) -> datetime:
    """Return a moment given by the clock in China, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


def test_the_list_has_these_words():
    assert json.loads(encode_changes_list(UUID, ALL)) == LIST
    assert decode_changes_list(rfc8785.dumps(LIST), UUID) == ALL
    assert encode_changes_list(UUID, ()) == b'{"changes":[],"election":"DQB53CqA1UtMwz","version":1}'


@given(st.lists(changes, max_size=3).map(tuple))
@settings(max_examples=40, deadline=None)
def test_any_list_is_read_as_it_was_written(made):
    assert decode_changes_list(encode_changes_list(UUID, made), UUID) == made


@given(changes)
@settings(max_examples=30, deadline=None)
def test_any_change_is_read_as_it_was_written(change):
    assert decode_change(encode_change(change), "it") == change


def with_change(number, **edits):
    """Return the list in which some fields of one change are others, or left out."""
    made = [dict(each) for each in LIST["changes"]]
    made[number] = {name: value for name, value in {**made[number], **edits}.items() if value is not ...}
    return rfc8785.dumps({**LIST, "changes": made})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "changes.json"),
        (b"[]", "changes.json"),
        (b"\xff", "changes.json"),
        (rfc8785.dumps({**LIST, "version": 2}), "only version 1"),
        (rfc8785.dumps({**LIST, "version": "1"}), "version"),
        (rfc8785.dumps({**LIST, "version": True}), "version"),
        (rfc8785.dumps({**LIST, "note": ""}), "unknown field 'note'"),
        *((rfc8785.dumps({name: LIST[name] for name in LIST if name != out}), f"{out} is missing") for out in LIST),
        (rfc8785.dumps({**LIST, "changes": {}}), "changes.json"),
        (rfc8785.dumps({**LIST, "changes": [None]}), "change 1: its kind is"),
        (rfc8785.dumps({**LIST, "changes": [[]]}), "change 1: its kind is"),
        (rfc8785.dumps({**LIST, "changes": [{}]}), "change 1: its kind is"),
        (with_change(1, kind="pardon"), "change 2: its kind is"),
        (with_change(1, kind=1), "change 2: its kind is"),
        (with_change(0, closes_at=...), "closes_at is missing"),
        (with_change(0, closes_at="2026-12-21T18:00:00+08:00"), "change 1, closes_at"),
        (with_change(0, closes_at="2026-12-21T10:00:00.000Z"), "canonical spelling"),
        (with_change(0, note=""), "unknown field 'note'"),
        *(
            (with_change(1, **{name: wrong}), f"change 2, {name}")
            for name in ("question", "choice")
            for wrong in (-1, "0", True)
        ),
        (with_change(1, choice=...), "choice is missing"),
        *(
            (with_change(2, **{name: wrong}), f"change 3, {name}")
            for name in ("heads", "area_dm2")
            for wrong in ("1", True, None)
        ),
        (with_change(2, heads=1.5), "numbers are whole"),
        (with_change(2, heads=...), "heads is missing"),
        (encode_changes_list(UUID, ALL).replace(b"-1,", b"-9007199254740992,"), "a whole number"),
        (encode_changes_list(UUID, ALL).replace(b"250", b"9007199254740992"), "a whole number"),
        (rfc8785.dumps({**LIST, "election": "x"}), "uuid"),
        (rfc8785.dumps({**LIST, "election": None}), "election"),
        (encode_changes_list(UUID, ALL) + b"\n", "canonical spelling"),
        (json.dumps(LIST, separators=(",", ":")).encode(), "canonical spelling"),
    ],
)
def test_what_is_no_list_or_spelt_otherwise_is_refused(data, words):
    with pytest.raises(MalformedError, match=words):
        decode_changes_list(data, UUID)


def test_the_list_of_another_election_is_refused():
    with pytest.raises(VerificationError, match="of another election"):
        decode_changes_list(encode_changes_list(OTHER, ALL), UUID)


def test_changes_come_to_the_last_closing_all_who_withdrew_and_one_difference():
    assert effects_of(()) == (nothing := effects_of([]))
    assert (nothing.closes_at, nothing.withdrawn, nothing.correction) == (None, frozenset(), Measures(0, 0))
    made = [*ALL, Prolonged(CLOSES + 2 * DAY), Withdrawn(1, 1), Withdrawn(1, 0), Corrected(3, -100)]
    effects = effects_of(made)
    assert effects.closes_at == CLOSES + 2 * DAY
    assert effects.withdrawn == {(1, 0), (1, 1)}
    assert effects.correction == Measures(2, 150)


def test_the_electorate_is_corrected_by_all_differences():
    assert correct(Measures(5, 64000), ()) == Measures(5, 64000)
    assert correct(Measures(5, 64000), [*ALL, Corrected(3, -100)]) == Measures(7, 64150)


@pytest.mark.parametrize("until", [CLOSES + SECOND, LATEST])
def test_voting_goes_on_up_to_the_latest_moment_that_was_sealed(until):
    require_extension(ONCE, until, now=CLOSES - SECOND, closes_at=CLOSES, before=0, quorate=False)


@pytest.mark.parametrize(
    ("sealed", "changed", "reason", "words"),
    [
        (ONCE, {"now": CLOSES}, Reason.WRONG_STATE, "announced before closing, never afterwards"),
        (ONCE, {"now": CLOSES + DAY}, Reason.WRONG_STATE, "Voting is over"),
        (ONCE, {"quorate": True}, Reason.NOT_ALLOWED, "for want of turnout only"),
        (Changes(), {}, Reason.NOT_ALLOWED, "allow no extension"),
        (ONCE, {"before": 1}, Reason.NOT_ALLOWED, r"allow 1 extension\(s\)"),
        (Changes(Extension(3, LATEST)), {"before": 3}, Reason.NOT_ALLOWED, r"allow 3 extension\(s\)"),
        (ONCE, {"until": CLOSES}, Reason.MALFORMED, "ends after 2026-12-20T10:00:00Z"),
        (ONCE, {"until": CLOSES - DAY}, Reason.MALFORMED, "ends after"),
        (ONCE, {"until": LATEST + SECOND}, Reason.MALFORMED, "at the latest at 2026-12-27T10:00:00Z"),
    ],
)
def test_an_extension_that_was_not_sealed_is_refused(sealed, changed, reason, words):
    asked = {
        "until": CLOSES + DAY,
        "now": CLOSES - SECOND,
        "closes_at": CLOSES,
        "before": 0,
        "quorate": False,
        **changed,
    }
    with pytest.raises(RefusedError, match=words) as refusal:
        require_extension(sealed, asked.pop("until"), **asked)
    assert refusal.value.reason is reason


def test_every_candidate_may_withdraw():
    """Question 1 of the sample is a motion, question 2 an election of 甲 and 乙 with 弃权 behind them."""
    for choice in (0, 1):
        require_withdrawal(MANIFEST.questions, Withdrawn(1, choice), [Withdrawn(1, 1 - choice)])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Withdrawn(0, 0), "Only a candidate of an election"),
        (Withdrawn(2, 0), "Only a candidate of an election"),
        (Withdrawn(1, 2), "no such candidate"),
        (Withdrawn(1, 3), "no such candidate"),
    ],
)
def test_nobody_else_withdraws(change, words):
    with pytest.raises(RefusedError, match=words) as refusal:
        require_withdrawal(MANIFEST.questions, change, ())
    assert refusal.value.reason is Reason.MALFORMED


def test_nobody_withdraws_twice():
    with pytest.raises(RefusedError, match="withdrawn already") as refusal:
        require_withdrawal(MANIFEST.questions, Withdrawn(1, 0), [Corrected(1, 0), Withdrawn(1, 0)])
    assert refusal.value.reason is Reason.CONFLICT


@pytest.mark.parametrize("change", [Corrected(1, 0), Corrected(0, -1), Corrected(-4, -63999), Corrected(-1, 500)])
def test_a_correction_leaves_an_electorate(change):
    require_correction(Measures(5, 64000), change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Corrected(0, 0), "changes nothing"),
        (Corrected(-5, 0), "leave nobody"),
        (Corrected(0, -64000), "leave nobody"),
        (Corrected(-6, 100), "leave nobody"),
    ],
)
def test_a_correction_that_changes_nothing_or_leaves_nobody_is_refused(change, words):
    with pytest.raises(RefusedError, match=words) as refusal:
        require_correction(Measures(5, 64000), change)
    assert refusal.value.reason is Reason.MALFORMED


SEALED = replace(MANIFEST, changes=Changes(Extension(2, LATEST)), closes_at="2026-12-20T10:00:00Z")


@pytest.mark.parametrize(
    "made",
    [
        (),
        ALL,
        (Prolonged(CLOSES + DAY), Prolonged(LATEST)),
        (Withdrawn(1, 0), Withdrawn(1, 1), Corrected(1, 100), Corrected(-1, -100)),
    ],
)
def test_what_the_sealed_rules_allow_is_verified(made):
    verify_changes(SEALED, made)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ((Prolonged(CLOSES),), "change 1: An extension ends after 2026-12-20T10:00:00Z"),
        ((Prolonged(LATEST + SECOND),), "change 1: .* at the latest"),
        ((Prolonged(CLOSES + DAY), Prolonged(CLOSES + DAY)), "change 2: An extension ends after 2026-12-21T10:00:00Z"),
        ((Prolonged(CLOSES + 2 * DAY), Withdrawn(1, 0), Prolonged(CLOSES + DAY)), "change 3: An extension ends after"),
        (tuple(Prolonged(CLOSES + day * DAY) for day in (1, 2, 3)), r"change 3: .* allow 2 extension\(s\)"),
        ((Corrected(1, 1), Withdrawn(0, 0)), "change 2: Only a candidate"),
        ((Corrected(0, 0),), "change 1: This correction changes nothing"),
        ((Corrected(-5, 0),), "change 1: This correction would leave nobody"),
        ((Corrected(-3, 0), Withdrawn(1, 0), Corrected(-2, 0)), "change 3: This correction would leave nobody"),
        ((Withdrawn(1, 0), Withdrawn(1, 0)), "change 2: This candidate has withdrawn already"),
    ],
)
def test_what_they_do_not_allow_is_named(made, words):
    with pytest.raises(VerificationError, match=words):
        verify_changes(SEALED, made)


def test_an_election_that_seals_no_extension_has_none():
    with pytest.raises(VerificationError, match="change 1: The sealed rules of this election allow no extension"):
        verify_changes(replace(MANIFEST, changes=Changes()), [Prolonged(CLOSES + DAY)])


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-12-20T18:00", 3, "2026-12-24T00:00"),
        ("2026-12-20T00:00", 3, "2026-12-24T00:00"),
        ("2026-12-20T23:59:59", 1, "2026-12-22T00:00"),
        ("2026-12-30T18:00", 3, "2027-01-03T00:00"),
        ("2028-02-28T12:00", 1, "2028-03-01T00:00"),
        ("2026-12-20T18:00", 0, "2026-12-20T18:00"),
    ],
)
def test_a_period_ends_at_midnight_in_china_after_its_last_full_day(start, days, end):
    """Civil Code art. 201: the day on which it begins is not counted; art. 203: the last day ends at 24:00."""
    ends = period_ends(china(start), days)
    assert ends == china(end)
    assert ends.tzinfo is UTC


@pytest.mark.parametrize(
    ("noticed", "opens"),
    [
        ("2026-12-01T20:00", "2026-12-17T00:00"),
        ("2026-12-01T00:00", "2026-12-17T08:00"),
        ("2026-12-01T23:59:59", "2026-12-17T00:00"),
        ("2026-11-01T12:00", "2026-12-17T00:00"),
    ],
)
def test_fifteen_full_days_lie_between_notice_and_opening(noticed, opens):
    """Notice on 1 December: the 2nd to the 16th are fifteen days, so voting may open on the 17th."""
    require_notice(china(noticed), china(opens), 15)


@pytest.mark.parametrize(
    ("noticed", "opens", "earliest"),
    [
        ("2026-12-01T00:00", "2026-12-16T23:59:59", date(2026, 12, 17)),
        ("2026-12-02T00:00", "2026-12-17T00:00", date(2026, 12, 18)),
        ("2026-12-20T00:00", "2026-12-20T08:00", date(2027, 1, 5)),
        ("2026-12-21T00:00", "2026-12-20T08:00", date(2027, 1, 6)),
    ],
)
def test_with_fewer_days_it_says_when_voting_may_open(noticed, opens, earliest):
    with pytest.raises(RefusedError, match=f"voting opens on {earliest} at the earliest") as refusal:
        require_notice(china(noticed), china(opens), 15)
    assert refusal.value.reason is Reason.WRONG_STATE
    assert "15 full days must lie" in refusal.value.detail


def test_the_days_are_chinas():
    """23:30 UTC on 1 December is the 2nd in China, one day too late for an opening on the 17th."""
    late = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    with pytest.raises(RefusedError, match="2026-12-18 at the earliest"):
        require_notice(late, china("2026-12-17T00:00"), 15)
    require_notice(late, china("2026-12-18T00:00"), 15)


def test_a_demonstration_needs_no_days():
    require_notice(china("2026-12-01T12:00"), china("2026-12-01T12:00"), 0)


def test_corrections_that_cancel_each_other_are_both_in_doubt():
    effects = effects_of([Corrected(1, 5000), Corrected(-1, -4000)])
    assert effects.correction == Measures(0, 1000)
    assert effects.doubtful == Measures(2, 9000)
