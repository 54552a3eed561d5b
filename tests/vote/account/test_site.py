"""What passkeys are bound to."""

import pytest

from vote.account.site import Site, find_site


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://vote.example.org", Site("vote.example.org", "https://vote.example.org")),
        ("https://vote.example.org:8443", Site("vote.example.org", "https://vote.example.org:8443")),
        ("http://127.0.0.1:8000", Site("localhost", "http://localhost:8000")),
        ("http://[::1]:8000", Site("localhost", "http://localhost:8000")),
        ("http://localhost", Site("localhost", "http://localhost")),
        ("", Site("localhost", "://localhost")),
    ],
)
def test_a_site_is_its_name_and_numbers_of_this_machine_are_localhost(address, site):
    assert find_site(address) == site


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("127.0.0.1:8000", "http://localhost:8000/join?a=b"),
        ("127.0.0.1", "http://localhost/join?a=b"),
        ("localhost:8000", None),
        ("192.0.2.7:8000", None),
    ],
)
def test_who_asks_by_number_is_sent_to_the_name(asked, expected):
    assert find_site("http://127.0.0.1:8000").address(asked, "/join?a=b") == expected


def test_the_way_to_the_name_stays_under_tls():
    assert find_site("https://127.0.0.1:8443").address("127.0.0.1:8443", "/join") == "https://localhost:8443/join"


def test_a_public_site_sends_nobody_elsewhere():
    assert find_site("https://vote.example.org").address("127.0.0.1:8000", "/join") is None
