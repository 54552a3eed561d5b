import base64
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from tests.strategies import randomness, seeded
from vote.ballot.rules import (
    Promise,
    decode_promise,
    draw_order,
    encode_box,
    encode_promise,
    encode_receipt,
    encode_set_aside,
    is_pool_due,
    moment,
    permille,
)
from vote.election.terms import Pools

PROMISE = Promise("http://vote.test", "DQB53CqA1UtMwz", "F" * 43, "T" * 43, 2, "2026-12-10T01:00:00.000Z", 86400)
WRITTEN = {
    "version": 1,
    "origin": "http://vote.test",
    "election": "DQB53CqA1UtMwz",
    "fingerprint": "F" * 43,
    "tracker": "T" * 43,
    "sequence": 2,
    "received_at": "2026-12-10T01:00:00.000Z",
    "delay_seconds": 86400,
}
texts = st.text(st.characters(codec="utf-8"), max_size=20)
whole = st.integers(0, 2**53 - 1)


def written(value):
    """RFC 8785, where all keys and texts are ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def test_a_promise_is_written_in_rfc_8785():
    assert encode_promise(PROMISE) == written(WRITTEN)
    assert decode_promise(written(WRITTEN)) == PROMISE


@given(st.builds(Promise, texts, texts, texts, texts, st.integers(1, 2**53 - 1), texts, whole))
@settings(deadline=None)
def test_a_promise_is_read_as_it_was_written(promise):
    assert decode_promise(encode_promise(promise)) == promise


@pytest.mark.parametrize("name", WRITTEN)
def test_a_promise_without_one_of_its_fields_is_refused_by_name(name):
    with pytest.raises(MalformedError, match=f"field {name} is missing"):
        decode_promise(written({key: value for key, value in WRITTEN.items() if key != name}))


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("value", [None, True, -1, 1.5, [], {}, 2**60])
def test_a_field_of_another_kind_is_refused(name, value):
    with pytest.raises(MalformedError, match="promise"):
        decode_promise(written({**WRITTEN, name: value}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"promise",
        written({**WRITTEN, "note": ""}),
        written({**WRITTEN, "version": 2}),
        written({**WRITTEN, "sequence": 0}),
        written(WRITTEN) + b"\n",
        json.dumps(WRITTEN).encode(),
        json.dumps(WRITTEN, separators=(",", ":")).encode(),
        written(WRITTEN).replace(b"vote", b"\\u0076ote"),
    ],
)
def test_any_other_spelling_is_refused(data):
    with pytest.raises(MalformedError, match="promise"):
        decode_promise(data)


def test_a_receipt_holds_the_promise_and_its_signature_byte_for_byte():
    receipt = json.loads(encode_receipt(b"\x00promise", b"\xffsignature"))
    assert receipt.keys() == {"promise", "signature"}
    assert base64.b64decode(receipt["promise"]) == b"\x00promise"
    assert base64.b64decode(receipt["signature"]) == b"\xffsignature"


def test_a_moment_is_written_in_utc_to_the_millisecond():
    assert moment(datetime(2026, 12, 10, 1, 2, 3, 456789, tzinfo=UTC)) == "2026-12-10T01:02:03.456Z"
    assert moment(datetime(2026, 12, 10, tzinfo=UTC)) == "2026-12-10T00:00:00.000Z"


def test_a_moment_of_another_zone_keeps_its_offset():
    china = timezone(timedelta(hours=8))
    assert moment(datetime(2026, 12, 10, tzinfo=china)) == "2026-12-10T00:00:00.000+08:00"


@given(st.lists(st.sampled_from("abcde"), max_size=30), randomness)
@settings(deadline=None)
def test_the_drawn_order_holds_every_ballot_once_and_keeps_each_credentials_own(credentials, rng):
    order = draw_order(credentials, rng)
    assert sorted(order) == list(range(len(credentials)))
    for each in set(credentials):
        own = [position for position in order if credentials[position] == each]
        assert own == sorted(own)


def test_every_order_of_three_ballots_comes_up_about_as_often():
    rng = seeded(8)
    counts = {}
    for _ in range(1200):
        order = tuple(draw_order(["a", "b", "c"], rng))
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    assert all(140 < count < 260 for count in counts.values())


POOLS = Pools(size=20, least=5, hours=(8, 20), max_hours=24)
EIGHT = datetime(2026, 12, 21, 0, 0, tzinfo=UTC)
"""Eight in the morning in China."""


@pytest.mark.parametrize(
    ("waiting", "since", "due"),
    [
        (20, timedelta(0), True),  # as soon as twenty wait
        (19, timedelta(0), False),
        (5, timedelta(minutes=1), True),  # at eight, five that came before
        (4, timedelta(minutes=1), False),  # four are too few to hide among
        (19, timedelta(minutes=-1), False),  # eight has passed already when the first of them came
        (1, timedelta(hours=24), True),  # nobody waits longer than a day
        (4, timedelta(hours=23, minutes=59), False),
        (5, timedelta(hours=11, minutes=59), True),  # since eight in the evening
    ],
)
def test_ballots_are_shown_when_enough_wait_at_fixed_hours_or_after_a_day(waiting, since, due):
    now = EIGHT + timedelta(minutes=5)
    since = EIGHT - since if since < timedelta(hours=23) else now - since
    assert is_pool_due(waiting, since, now, POOLS) is due


def test_without_fixed_hours_a_small_pool_waits_for_the_longest_time():
    pools = POOLS._replace(hours=())
    assert not is_pool_due(19, EIGHT - timedelta(hours=23), EIGHT, pools)
    assert is_pool_due(1, EIGHT - timedelta(hours=24), EIGHT, pools)


def test_before_the_first_fixed_hour_the_last_one_of_yesterday_counts():
    now = EIGHT - timedelta(hours=1)
    assert is_pool_due(5, EIGHT - timedelta(hours=13), now, POOLS)
    assert not is_pool_due(5, EIGHT - timedelta(hours=11), now, POOLS)


def test_the_box_and_what_was_taken_out_are_written_canonically():
    assert encode_box("u", ["b", "a"]) == b'{"election":"u","trackers":["b","a"],"version":1}'
    assert (
        encode_set_aside("u", [("a", "double")])
        == b'{"election":"u","set_aside":[{"kind":"double","tracker":"a"}],"version":1}'
    )


@pytest.mark.parametrize(("part", "whole_", "tenths"), [(0, 3, 0), (2, 3, 666), (3, 3, 1000), (1, 3000, 0)])
def test_turnout_is_rounded_down(part, whole_, tenths):
    assert permille(part, whole_) == tenths
