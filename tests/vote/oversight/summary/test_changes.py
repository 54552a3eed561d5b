"""What was added to a record, told in the order of the record."""

import pytest

from vote.log.kinds import Entry
from vote.log.rules import Kind
from vote.oversight.summary.changes import Change, changes_of, path_of, read_since

BALLOT = Entry(Kind.BALLOT_ACCEPTED, {"election": "U", "tracker": "t", "commitment": "c"})


@pytest.mark.parametrize(
    ("text", "size"),
    [("0", 0), ("007", 7), ("999999999999", 999_999_999_999), ("1000000000000", None), ("", None), ("-1", None),
     ("1.5", None), ("٣", None), ("abc", None)],
)  # fmt: skip
def test_a_size_is_read(text: str, size: int | None) -> None:
    assert read_since(text) == size


def test_entries_of_one_kind_in_a_row_are_told_once() -> None:
    record = Entry(Kind.RECORD_PUBLISHED, {"record": "R"})
    other = Entry(Kind.RECORD_PUBLISHED, {"record": "S"})
    assert changes_of("e", [BALLOT, BALLOT, record, other, BALLOT], 40) == (
        Change(Kind.BALLOT_ACCEPTED, "/elections/U", 2, 41),
        Change(Kind.RECORD_PUBLISHED, "/estates/e/records/R", 1, 43),
        Change(Kind.RECORD_PUBLISHED, "/estates/e/records/S", 1, 44),
        Change(Kind.BALLOT_ACCEPTED, "/elections/U", 1, 45),
    )
    assert changes_of("e", [], 40) == ()


def test_postings_in_a_row_lead_to_the_list_of_all() -> None:
    posted = [Entry(Kind.BOOK_POSTED, {"posting": number}) for number in (7, 8, 9)]
    hidden = [Entry(Kind.BOOK_REDACTED, {"posting": number}) for number in (7, 8)]
    assert changes_of("e", [*posted, *hidden, posted[0]], 0) == (
        Change(Kind.BOOK_POSTED, "/estates/e/book/entries", 3, 1),
        Change(Kind.BOOK_REDACTED, "/estates/e/book/entries/7", 1, 4),
        Change(Kind.BOOK_REDACTED, "/estates/e/book/entries/8", 1, 5),
        Change(Kind.BOOK_POSTED, "/estates/e/book/entries/7", 1, 6),
    )


@pytest.mark.parametrize(
    ("kind", "facts", "path"),
    [
        (Kind.RECORD_REDACTED, {"record": "R"}, "/estates/e/records/R"),
        (Kind.BOOK_POSTED, {"posting": 7}, "/estates/e/book/entries/7"),
        (Kind.BOOK_REDACTED, {"posting": 7}, "/estates/e/book/entries/7"),
        (Kind.DUTY_OVERDUE, {"act": "income", "about": "", "due": "2026-01-31"}, "/estates/e/duties"),
        (Kind.INQUIRY_ANSWERED, {"inquiry": "Q"}, "/estates/e/inquiries/Q"),
        (Kind.INTEREST_PUBLISHED, {"interest": "I"}, "/estates/e/interests"),
        (Kind.PETITION_SERVED, {"petition": "P"}, "/estates/e/petitions/P"),
        (Kind.ELECTION_SEALED, {"election": "U"}, "/elections/U"),
        (Kind.ROLL_FROZEN, {"roll": 1}, ""),
        (Kind.POLICY_ANNOUNCED, {"policy": "d"}, ""),
    ],
)
def test_each_change_leads_to_its_page(kind: Kind, facts: dict[str, object], path: str) -> None:
    assert path_of("e", Entry(kind, facts)) == path
