"""Every total in the range is found, exactly, and nothing else is."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import group, logarithm
from crypto.errors import MalformedError, VerificationError
from crypto.logarithm import LogarithmTable, build_table, decode_table, encode_table, find_logarithms

BASE = 10_000
BOUND = 250_000 * BASE + 321
"""Of an estate with 321 owners and 2,500 m2 that were cast."""


@pytest.fixture(scope="module")
def table() -> LogarithmTable:
    return build_table(BOUND, BASE)


def find(table: LogarithmTable, value: int, bound: int) -> int:
    return find_logarithms(table, [group.multiply_base(value)], [bound])[0]


def test_the_edges_of_the_range_are_found(table: LogarithmTable) -> None:
    values = [0, 1, 2, BASE - 1, BASE, BASE + 1, BOUND // 2, BOUND - BASE, BOUND - 1, BOUND]
    targets = [group.multiply_base(value) for value in values]
    assert find_logarithms(table, targets, [BOUND] * len(values)) == values


def test_values_at_the_seams_of_the_table_are_found(table: LogarithmTable) -> None:
    block = (2 * table.size + 1) * BASE
    seams = [table.size * BASE, (table.size + 1) * BASE, block, 2 * block]
    values = [value + delta for value in seams for delta in (-1, 0, 1)]
    targets = [group.multiply_base(value) for value in values]
    assert find_logarithms(table, targets, [BOUND] * len(values)) == values


@given(st.integers(0, 250_000 - 1), st.integers(0, BASE - 1))
@settings(max_examples=15, deadline=None)
def test_any_value_is_found_even_with_more_heads_than_were_cast(table: LogarithmTable, area: int, heads: int) -> None:
    assert find(table, area * BASE + heads, BOUND) == area * BASE + heads


@pytest.mark.parametrize(("size_for", "stride", "bound"), [(0, 1, 60), (4, 7, 130), (100, 7, 131), (30, 100, 250)])
def test_no_value_of_a_range_is_missed(size_for: int, stride: int, bound: int) -> None:
    values = list(range(bound + 1))
    targets = [group.multiply_base(value) for value in values]
    assert find_logarithms(build_table(size_for, stride), targets, [bound] * len(values)) == values


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_table_made_for_one_bound_serves_another(data: st.DataObject) -> None:
    bound = data.draw(st.integers(0, 3000), "bound")
    stride = data.draw(st.sampled_from([1, 2, 3, 10, 1000, 5000]), "stride")
    value = data.draw(st.integers(0, bound), "value")
    assert find(build_table(data.draw(st.integers(0, 900)), stride), value, bound) == value


def test_short_batches_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """With few points to an inversion, the table has several parts and a sweep several centres."""
    monkeypatch.setattr(logarithm, "_STEPS", 3)
    monkeypatch.setattr(logarithm, "_REACH", 2)
    table = build_table(400, 11)
    values = list(range(0, 401, 3))
    assert find_logarithms(table, [group.multiply_base(value) for value in values], [400] * len(values)) == values


def test_a_table_in_parts_is_the_table_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = encode_table(build_table(2500, 10))
    monkeypatch.setattr(logarithm, "_STEPS", 4)
    assert encode_table(build_table(2500, 10)) == whole


def test_keys_that_meet_by_chance_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logarithm, "_KEY_MASK", 3)
    table = build_table(900, 10)
    values = list(range(0, 901, 7))
    assert find_logarithms(table, [group.multiply_base(value) for value in values], [900] * len(values)) == values


def test_the_largest_table_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logarithm, "MAX_SIZE", 50)
    assert build_table(10**9, BASE).size == 50


@pytest.mark.parametrize("value", [BOUND + 1, -1, 1 << 200, 3 * BOUND])
def test_a_total_beyond_its_bound_is_refused_and_named(table: LogarithmTable, value: int) -> None:
    targets = [group.multiply_base(5), group.multiply_base(value), group.IDENTITY]
    with pytest.raises(VerificationError, match=f"total 2 of 3: no whole number from 0 to {BOUND} fits"):
        find_logarithms(table, targets, [BOUND] * 3)


def test_each_total_has_its_own_bound(table: LogarithmTable) -> None:
    targets = [group.multiply_base(70), group.multiply_base(70)]
    assert find_logarithms(table, targets, [70, BOUND]) == [70, 70]
    with pytest.raises(VerificationError, match="total 1 of 2: no whole number from 0 to 69 "):
        find_logarithms(table, targets, [69, BOUND])


def test_only_zero_fits_a_bound_of_zero(table: LogarithmTable) -> None:
    assert find(table, 0, 0) == 0
    with pytest.raises(VerificationError):
        find(table, 1, 0)


@pytest.mark.parametrize("target", [bytes(32), (2).to_bytes(32, "little")])
def test_a_point_outside_the_group_is_refused_and_named(table: LogarithmTable, target: bytes) -> None:
    with pytest.raises(VerificationError, match="total 1 of 1: not an element of the group"):
        find_logarithms(table, [target], [BOUND])


def test_as_many_bounds_as_targets_are_needed(table: LogarithmTable) -> None:
    with pytest.raises(ValueError, match="zip"):
        find_logarithms(table, [group.BASE], [])


def test_a_table_is_read_back_as_it_was_written(table: LogarithmTable) -> None:
    again = decode_table(encode_table(table))
    assert (again.stride, again.size) == (table.stride, table.size)
    assert (again.entries == table.entries).all()
    assert find(again, 1_234_005_678, BOUND) == 1_234_005_678


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_damaged_table_is_refused(data: st.DataObject) -> None:
    written = encode_table(build_table(100))
    place = data.draw(st.integers(0, len(written) - 1))
    changed = written[:place] + bytes([written[place] ^ data.draw(st.integers(1, 255))]) + written[place + 1 :]
    for damaged in (changed, written[:place], written + b"\0"):
        with pytest.raises(MalformedError, match="build it again"):
            decode_table(damaged)


@pytest.mark.parametrize(("stride", "size", "entries"), [(0, 1, 1), (1, 0, 0), (1, 2, 1), (1, 1, 2)])
def test_a_table_that_contradicts_itself_is_refused(stride: int, size: int, entries: int) -> None:
    body = b"shanzhi-logarithms-1\n" + stride.to_bytes(8, "little") + size.to_bytes(8, "little") + bytes(8 * entries)
    with pytest.raises(MalformedError):
        decode_table(body + hashlib.sha256(body).digest())
