"""Sums by hand of the small book in `ledger.py`."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.vote.oversight.book.ledger import DECISION, entered, year
from vote.law.calendar import Span
from vote.oversight.book.accounts import Account, Pool
from vote.oversight.book.rules import payment, receipt
from vote.oversight.book.statement import Month, Spent, balances, months, statement, yuan

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def test_a_year_of_common_income() -> None:
    found = statement(year(), Pool.COMMON, YEAR)
    assert found.opening == 1_000_000
    assert found.income == ((Account.PARKING, 250_050),)
    assert found.spending == (
        Spent(Account.REPAIRS, DECISION, 80_000),
        Spent(Account.ALLOWANCES, DECISION, 60_000),
    )
    assert (found.received, found.spent, found.closing, found.postings) == (250_050, 140_000, 1_110_050, 6)


def test_the_fund_stands_apart() -> None:
    found = statement(year(), Pool.FUND, YEAR)
    assert (found.opening, found.received, found.spent, found.closing) == (0, 5_000_000, 0, 5_000_000)


def test_what_was_before_is_there_at_the_beginning() -> None:
    found = statement(year(), Pool.COMMON, Span(date(2026, 4, 1), date(2026, 4, 1)))
    assert (found.opening, found.income, found.closing) == (1_110_050, ((Account.ADVERTISING, 99),), 1_110_149)


def test_a_reversal_of_an_earlier_time_lessens_the_time_in_which_it_is_entered() -> None:
    found = statement(year(), Pool.COMMON, Span(date(2026, 4, 2), date(2026, 4, 30)))
    assert (found.opening, found.income, found.closing) == (1_110_149, ((Account.ADVERTISING, -99),), 1_110_050)


def test_the_months_of_a_year() -> None:
    found = months(year(), Pool.COMMON, 2026)
    assert len(found) == 12
    assert found[0] == Month(date(2026, 1, 1), 250_050, 0)
    assert found[2] == Month(date(2026, 3, 1), 0, 140_000)
    assert found[3] == Month(date(2026, 4, 1), 0, 0)


def test_what_lies_where() -> None:
    assert balances(year()) == {Account.BANK: 1_110_150, Account.FUND_BANK: 5_000_000}


def test_yuan() -> None:
    assert [yuan(fen) for fen in (0, 5, 123_450, -123_456_789)] == ["0.00", "0.05", "1,234.50", "-1,234,567.89"]


@given(
    st.lists(
        st.tuples(
            st.dates(date(2025, 1, 1), date(2027, 12, 31)),
            st.sampled_from([Account.PARKING, Account.VENUE, Account.REPAIRS, Account.COST]),
            st.integers(1, 10**9),
        ),
        max_size=30,
    )
)
def test_before_plus_income_less_spending_is_always_what_is_left(
    entries: list[tuple[date, Account, int]],
) -> None:
    postings = [
        entered(number, on, (receipt if account.side == "Income" else payment)(account, fen))
        for number, (on, account, fen) in enumerate(entries, 1)
    ]
    found = statement(postings, Pool.COMMON, YEAR)
    assert found.opening + found.received - found.spent == found.closing
