"""The made-up year: enough of it, sums that come right, and a voucher for each entry."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import seeds
from vote.demo.year import GARDENER, GARDENER_CODE, OTHERS, opening, plan_year, unkept_promise
from vote.oversight.book.accounts import Account
from vote.oversight.record.kinds import KINDS, RecordKind

TODAY = date(2026, 11, 24)
RECORDS, ENTRIES = 300, 1000
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.fixture(scope="module")
def year():
    return plan_year(TODAY, 7)


def _records(months):
    return [record for month in months for record in month.records]


def _entries(months):
    return [entry for month in months for entry in month.entries]


def test_the_year_is_the_twelve_months_that_end_today(year):
    assert [(month.first, month.last) for month in (year[0], year[2], year[-1])] == [
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 11, 1), date(2026, 11, 24)),
    ]
    assert len(year) == 12


@given(days, seeds)
@settings(max_examples=20, deadline=None)
def test_there_are_three_hundred_records_and_a_thousand_entries_whenever_it_is_told(today, seed):
    months = plan_year(today, seed)
    assert len(_records(months)) >= RECORDS
    assert len(_entries(months)) >= ENTRIES


@given(days, seeds)
@settings(max_examples=20, deadline=None)
def test_every_day_lies_in_its_month_and_none_is_still_to_come(today, seed):
    for month in plan_year(today, seed):
        told = [date.fromisoformat(record.values["day"]) for record in month.records]
        told += [entry.on for entry in month.entries]
        assert all(month.first <= day <= month.last <= today for day in told)
        assert month.first > today - timedelta(days=366)


def test_one_seed_tells_one_story_and_another_another():
    assert plan_year(TODAY, 7) == plan_year(TODAY, 7)
    assert plan_year(TODAY, 7) != plan_year(TODAY, 8)


def test_a_statement_of_each_month_says_what_its_entries_come_to(year):
    """Begins with 50,000 yuan; what came in less what went out is the beginning of the next month."""
    opening = 5_000_000
    for month in year:
        (statement,) = [record for record in month.records if record.kind == "income"]
        came = went = 0
        for entry in month.entries:
            if entry.account.startswith("Income:"):
                came += entry.fen
            else:
                went += entry.fen
        values = statement.values
        assert (values["opening"], values["income"], values["spending"]) == (opening, came, went)
        assert values["closing"] == opening + came - went
        assert (values["from"], values["to"]) == (month.first.isoformat(), month.last.isoformat())
        opening = values["closing"]


def test_the_books_begin_with_what_was_handed_over_and_its_list_is_the_voucher(year):
    """50,000 yuan, as the first statement begins with."""
    entry = opening(year[0].first)
    assert (entry.on, entry.account, entry.fen, entry.file) == (
        date(2025, 12, 1),
        "Equity:Common:Opening",
        5_000_000,
        1,
    )
    (handover,) = [record for record in year[0].records if record.kind == "handover"]
    ((name, data),) = handover.files
    assert name == "移交清单.csv"
    assert "公共收益结余（元）,50000.00" in data.decode()


def test_every_entry_stands_in_the_file_that_is_its_voucher(year):
    for month in year:
        (statement,) = [record for record in month.records if record.kind == "income"]
        files = [data.decode().splitlines()[1:] for _, data in statement.files]
        lines = [Counter(file) for file in files]
        for entry in month.entries:
            line = f"{entry.on.isoformat()},{entry.note},{entry.fen // 100}.{entry.fen % 100:02}"
            assert lines[entry.file - 1][line] > 0
            lines[entry.file - 1][line] -= 1
        assert sum(sum(file.values()) for file in lines) == 0, "a voucher that no entry names"


def test_there_is_one_allowance_a_month_and_it_alone_needs_a_decision(year):
    allowances = [entry for entry in _entries(year) if entry.decided]
    assert [entry.account for entry in allowances] == ["Expenses:Common:Allowances"] * 12
    assert [entry.on for entry in allowances] == [month.last for month in year]


def test_every_account_is_one_of_the_books(year):
    accounts = {entry.account for entry in [*_entries(year), opening(TODAY)]}
    assert accounts <= set(Account)


def test_every_record_has_the_fields_of_its_kind(year):
    for record in _records(year):
        _require_fields(record)


def test_one_promise_was_due_two_weeks_ago_and_a_member_is_named_who_sees_to_it():
    promise = unkept_promise(TODAY)
    assert (promise.kind, promise.values["day"], promise.values["due"]) == ("decision", "2026-10-15", "2026-11-10")
    assert promise.values["responsible"] == "委员丁"
    _require_fields(promise)


def _require_fields(record):
    known = {each.name: each for each in KINDS[RecordKind(record.kind)].fields}
    assert set(record.values) <= set(known), record.values["title"]
    missing = {name for name, each in known.items() if each.required} - set(record.values)
    assert not missing, record.values["title"]


def test_one_contract_alone_is_with_the_firm_that_a_member_is_tied_to(year):
    (contract,) = [record for record in _records(year) if record.values.get("party") == GARDENER]
    assert contract.values["credit_code"] == GARDENER_CODE
    assert GARDENER not in OTHERS
    assert not [entry for entry in _entries(year) if entry.payee == GARDENER]
