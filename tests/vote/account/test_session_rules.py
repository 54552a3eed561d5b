"""How long a session lasts, and what a browser is called."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from vote.account.rules import is_over, name_device, session_digest

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("started", "seen", "over"),
    [
        (0, 0, False),
        (119, 119, False),
        (120, 120, True),
        (719, 0, False),
        (720, 0, True),
        (719, 120, True),
    ],
)
def test_a_session_ends_after_two_hours_without_use_and_after_twelve(started, seen, over):
    """Minutes ago."""
    begun, used = NOON - timedelta(minutes=started), NOON - timedelta(minutes=seen)
    assert is_over(NOON, started=begun, seen=used) is over


def test_a_digest_is_sha_256_under_a_prefix_of_its_own():
    assert session_digest("w") == hashlib.sha256(b"shanzhi session 1\nw").hexdigest()


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/156.0 Mobile Safari/537.36 MicroMessenger/8.0", "微信 · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox · Linux"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_named_so_that_its_owner_knows_it(agent, name):
    assert name_device(agent) == name
