from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.encoding import compact_json
from crypto.errors import MalformedError
from vote.message import outbox
from vote.message.rules import ballot_accepted, code_message

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@settings(max_examples=30, deadline=None)
@given(st.from_regex(r"\+861[3-9][0-9]{9}", fullmatch=True), st.from_regex("[0-9]{6}", fullmatch=True))
def test_a_letter_is_read_as_it_was_written(number, code):
    for message in (code_message(code), ballot_accepted("馨苑", "phone", "0573-84012345")):
        assert outbox.decode_letter(outbox.encode_letter(number, message)) == (number, message)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"number": "+8613800138000"},
        {"number": 1, "message": "{}"},
        {"number": "+8613800138000", "message": {}},
        {"number": "+8613800138000", "message": "{}"},
        {"number": "+8613800138000", "message": "{}", "more": 1},
    ],
)
def test_anything_else_is_refused(document):
    with pytest.raises(MalformedError):
        outbox.decode_letter(compact_json(document))


def test_each_wait_is_twice_as_long_and_the_last_try_is_about_four_hours_after_the_first():
    waits = [outbox.next_try(tries, NOON) - NOON for tries in range(outbox.MOST_TRIES - 1)]
    assert waits[0] == timedelta(seconds=30)
    assert all(later == 2 * wait for wait, later in pairwise(waits))
    assert timedelta(hours=4) < sum(waits, timedelta()) < timedelta(hours=5)


@pytest.mark.parametrize(
    ("kind", "tries", "seconds", "given_up"),
    [
        ("ballot-accepted", 9, 86400, False),
        ("ballot-accepted", 10, 0, True),
        ("code", 0, 0, False),
        ("code", 3, 599, False),
        ("code", 3, 600, True),
        ("code", 10, 0, True),
    ],
)
def test_a_message_is_given_up_after_ten_tries_and_a_code_when_it_has_run_out(kind, tries, seconds, given_up):
    assert outbox.is_given_up(kind, tries, NOON, NOON + timedelta(seconds=seconds)) is given_up


def test_a_reference_names_number_and_moment_in_signs_that_carriers_take():
    assert outbox.reference(17, NOON) == "shanzhi-20261201120000-17"
