"""What a manifest says about time, offices and lawful changes: round trips, canonical words, and what is refused."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from tests.vote.terms import LATEST, OFFICES
from vote.election.terms import (
    Changes,
    Extension,
    OfficeKeys,
    Periods,
    Pools,
    decode_changes,
    decode_moment,
    decode_offices,
    decode_periods,
    decode_pools,
    encode_changes,
    encode_moment,
    encode_offices,
    encode_pools,
)

MOMENT = datetime(2026, 12, 20, 10, 0, 5, tzinfo=UTC)
WITH = {
    "extension": {"times": 2, "latest": "2026-12-27T10:00:00Z"},
    "withdrawal": "stays printed, cannot be elected",
    "late_roll_error": "margin",
}
WITHOUT = {**WITH, "extension": None}
POOLS = {"size": 20, "least": 5, "hours": [8, 20], "max_hours": 24}
KEYS = {
    "organiser": {"signing": "a1" * 32, "x509_sha256": "a2" * 32},
    "community": {"signing": "b1" * 32, "x509_sha256": "b2" * 32, "hpke": "b3" * 32},
    "sub_district": {"signing": "c1" * 32, "x509_sha256": "c2" * 32},
}

whole = st.integers(0, 2**53 - 1)
positive = st.integers(1, 2**53 - 1)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
moments = st.datetimes().map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))


def refused(decode, value, words):
    with pytest.raises(MalformedError, match=words) as refusal:
        decode(value, "it")
    assert str(refusal.value).startswith("it")


def test_changes_have_these_words():
    assert encode_changes(Changes(Extension(2, LATEST))) == WITH
    assert encode_changes(Changes()) == WITHOUT
    assert decode_changes(WITH, "it") == Changes(Extension(2, LATEST))
    assert decode_changes(WITHOUT, "it") == Changes()


@given(st.none() | st.builds(Extension, st.integers(1, 3), moments))
@settings(max_examples=30, deadline=None)
def test_changes_are_read_as_they_were_written(extension):
    assert decode_changes(encode_changes(Changes(extension)), "it") == Changes(extension)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "it"),
        ([], "it"),
        ({name: value for name, value in WITH.items() if name != "extension"}, "extension is missing"),
        ({name: value for name, value in WITH.items() if name != "withdrawal"}, "withdrawal is missing"),
        ({**WITH, "note": ""}, "unknown field 'note'"),
        ({**WITH, "withdrawal": "crossed out"}, "a rule that this version does not know"),
        ({**WITH, "withdrawal": None}, "a rule that this version does not know"),
        ({**WITH, "late_roll_error": "recount"}, "a rule that this version does not know"),
        ({**WITH, "extension": "none"}, "extension"),
        ({**WITH, "extension": {"times": 1}}, "latest is missing"),
        ({**WITH, "extension": {**WITH["extension"], "by": "staff"}}, "unknown field 'by'"),
        ({**WITH, "extension": {**WITH["extension"], "times": 0}}, "times"),
        ({**WITH, "extension": {**WITH["extension"], "times": True}}, "times"),
        ({**WITH, "extension": {**WITH["extension"], "times": 4}}, "at most 3 times"),
        ({**WITH, "extension": {**WITH["extension"], "latest": "2026-12-27"}}, "a moment in UTC"),
        ({**WITH, "extension": {**WITH["extension"], "latest": None}}, "latest"),
    ],
)
def test_other_changes_are_refused(value, words):
    refused(decode_changes, value, words)


def test_three_extensions_are_the_most():
    most = {**WITH, "extension": {**WITH["extension"], "times": 3}}
    assert decode_changes(most, "it").extension == Extension(3, LATEST)


@given(st.builds(Periods, whole, whole, whole))
@settings(max_examples=20, deadline=None)
def test_periods_are_read_as_they_were_written(periods):
    assert decode_periods(periods._asdict(), "it") == periods


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"notice_days": 15, "check_days": 3},
        {"notice_days": 15, "check_days": 3, "objection_days": 7, "rest_days": 1},
        *(
            {"notice_days": 15, "check_days": 3, "objection_days": 7, name: wrong}
            for name in Periods._fields
            for wrong in (-1, "3", None, True, 1.0)
        ),
    ],
    ids=str,
)
def test_other_periods_are_refused(value):
    refused(decode_periods, value, "it")


def test_twenty_ballots_or_five_at_eight_and_at_twenty_make_a_pool():
    """product.md §4: a pool is shown when 20 wait, or at fixed hours if it holds 5; at most 24 hours."""
    assert encode_pools(Pools()) == POOLS
    assert decode_pools(POOLS, "it") == Pools()


@given(st.builds(Pools, positive, positive, st.lists(st.integers(0, 23), max_size=3).map(tuple), positive))
@settings(max_examples=20, deadline=None)
def test_pools_are_read_as_they_were_written(pools):
    assert decode_pools(encode_pools(pools), "it") == pools


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "it"),
        ({name: value for name, value in POOLS.items() if name != "hours"}, "hours is missing"),
        ({**POOLS, "note": ""}, "unknown field 'note'"),
        *(
            ({**POOLS, name: wrong}, name)
            for name in ("size", "least", "max_hours")
            for wrong in (0, -1, None, "5", True)
        ),
        ({**POOLS, "hours": [24]}, "a day has the hours 0 to 23"),
        ({**POOLS, "hours": [8, 100]}, "a day has the hours 0 to 23"),
        ({**POOLS, "hours": [-1]}, "hours"),
        ({**POOLS, "hours": ["8"]}, "hours"),
        ({**POOLS, "hours": 8}, "hours"),
    ],
)
def test_other_pools_are_refused(value, words):
    refused(decode_pools, value, words)


def test_offices_have_these_words():
    assert encode_offices(OFFICES) == KEYS
    assert decode_offices(KEYS, "it") == OFFICES


@given(
    st.builds(OfficeKeys, digests, digests),
    st.builds(OfficeKeys, digests, digests, st.none() | digests),
    st.builds(OfficeKeys, digests, digests),
)
@settings(max_examples=20, deadline=None)
def test_offices_are_read_as_they_were_written(organiser, community, sub_district):
    offices = {"organiser": organiser, "community": community, "sub_district": sub_district}
    assert decode_offices(encode_offices(offices), "it") == offices


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "it"),
        *(({name: keys for name, keys in KEYS.items() if name != out}, f"{out} is missing") for out in KEYS),
        ({**KEYS, "county": KEYS["organiser"]}, "unknown field 'county'"),
        *(({**KEYS, name: {**KEYS[name], "hpke": "d" * 64}}, "hpke") for name in ("organiser", "sub_district")),
        ({**KEYS, "organiser": {"signing": "a" * 64}}, "x509_sha256 is missing"),
        ({**KEYS, "organiser": {**KEYS["organiser"], "name": ""}}, "unknown field 'name'"),
        ({**KEYS, "organiser": None}, "organiser"),
        *(
            ({**KEYS, "community": {**KEYS["community"], field: wrong}}, field)
            for field in KEYS["community"]
            for wrong in (None, "b" * 63, "B" * 64, "b" * 65, 1)
        ),
    ],
)
def test_other_offices_are_refused(value, words):
    """Named ballots are opened to the community alone, so no other office brings a key for them."""
    refused(decode_offices, value, words)


@given(moments)
@settings(max_examples=30, deadline=None)
def test_a_moment_is_read_as_it_was_written(moment):
    assert decode_moment(encode_moment(moment), "it") == moment


def test_a_moment_is_written_in_whole_seconds_of_utc():
    assert encode_moment(MOMENT.replace(microsecond=999_999)) == "2026-12-20T10:00:05Z"
    assert decode_moment("2026-12-20T10:00:05Z", "it") == MOMENT


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Z",
        "soonZ",
        "2026-12-20",
        "2026-12-20T10:00:05",
        "2026-12-20T18:00:05+08:00",
        "2026-13-20T10:00:05Z",
        None,
        5,
        [],
    ],
)
def test_what_is_no_moment_in_utc_is_refused(value):
    refused(decode_moment, value, "it")
