"""By which channel a ballot came, and which may take the place of the other."""

from datetime import UTC, datetime, timedelta

import pytest

from vote.credential.channel import (
    GOOD_FOR,
    Channel,
    DualChannel,
    Opening,
    channel_of,
    dual_channel_of,
    may_replace,
    require_replacing,
)
from vote.election.manifest import decode_manifest
from vote.errors import Reason, RefusedError

NOON = datetime(2026, 12, 15, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PHONE, DESK = Channel.PHONE, Channel.DESK


@pytest.mark.parametrize(
    ("opening", "last_cast_at", "received_at", "channel"),
    [
        (None, None, NOON, PHONE),
        (Opening(NOON, at_desk=False), None, NOON + MINUTE, PHONE),
        (Opening(NOON, at_desk=True), None, NOON, DESK),
        (Opening(NOON, at_desk=True), None, NOON + timedelta(minutes=59), DESK),
        (Opening(NOON, at_desk=True), None, NOON + GOOD_FOR, PHONE),
        (Opening(NOON, at_desk=True), NOON - MINUTE, NOON + MINUTE, DESK),
        (Opening(NOON, at_desk=True), NOON, NOON + MINUTE, PHONE),
        (Opening(NOON, at_desk=True), NOON + MINUTE, NOON + 2 * MINUTE, PHONE),
    ],
)
def test_a_check_at_the_desk_makes_one_ballot_of_the_desk_within_an_hour(opening, last_cast_at, received_at, channel):
    assert channel_of(opening, last_cast_at, received_at) is channel


@pytest.mark.parametrize(
    ("rule", "phone_after_desk", "desk_after_phone"),
    [
        ("DESK_WINS", False, True),
        ("FIRST_CAST", False, False),
        ("LAST_BEFORE_CLOSE", True, True),
        ("ELECTRONIC_WINS", True, True),
    ],
)
def test_the_profile_says_which_ballot_may_take_the_place_of_which(rule, phone_after_desk, desk_after_phone):
    rule = DualChannel(rule)
    assert may_replace(rule, DESK, PHONE) is phone_after_desk
    assert may_replace(rule, PHONE, DESK) is desk_after_phone
    for same in Channel:
        assert may_replace(rule, None, same)
        assert may_replace(rule, same, same)
        require_replacing(rule, same, same)


@pytest.mark.parametrize(("last", "says"), [(DESK, "带身份证和信到社区"), (PHONE, "请还是用手机投")])
def test_who_may_not_is_told_what_to_do(last, says):
    other = PHONE if last is DESK else DESK
    with pytest.raises(RefusedError, match=says) as refused:
        require_replacing(DualChannel.FIRST_CAST, last, other)
    assert refused.value.reason is Reason.CONFLICT


async def test_an_election_goes_by_the_profile_that_it_was_sealed_with(sealed):
    manifest = decode_manifest(await sealed.platform.get(f"{sealed.pages}/manifest.json", key=None))
    assert dual_channel_of(manifest) is DualChannel.DESK_WINS
