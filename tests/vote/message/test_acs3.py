from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.message.provider import escape, unescape
from vote.message.acs3 import Operation, canonical_query, signed_headers

# The worked example of Alibaba Cloud, "V3 request structure and signature", section on fixed parameters.
EXAMPLE = Operation(
    "ecs.cn-shanghai.aliyuncs.com",
    "RunInstances",
    "2014-05-26",
    {"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"},
)
NONCE = "3156853299f313e23d1673dc12e1703d"
NOW = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)


def signature(operation=EXAMPLE, key_id="YourAccessKeyId", secret="YourAccessKeySecret", nonce=NONCE, now=NOW):
    return signed_headers(operation, key_id, secret, nonce=nonce, now=now)["authorization"]


def test_the_published_example_is_signed_as_published():
    assert signature() == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )
    assert signed_headers(EXAMPLE, "YourAccessKeyId", "YourAccessKeySecret", nonce=NONCE, now=NOW) == {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": NONCE,
        "x-acs-version": "2014-05-26",
        "authorization": signature(),
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"operation": Operation("ecs.aliyuncs.com", *[getattr(EXAMPLE, name) for name in EXAMPLE.__slots__[1:]])},
        {"operation": Operation(EXAMPLE.host, "StopInstances", EXAMPLE.version, EXAMPLE.parameters)},
        {"operation": Operation(EXAMPLE.host, EXAMPLE.action, "2014-05-27", EXAMPLE.parameters)},
        {"operation": Operation(EXAMPLE.host, EXAMPLE.action, EXAMPLE.version, {"RegionId": "cn-shanghai"})},
        {"secret": "yourAccessKeySecret"},
        {"nonce": NONCE[:-1] + "e"},
        {"now": NOW.replace(second=33)},
    ],
)
def test_whatever_changes_changes_the_signature(changed):
    assert signature(**changed) != signature()


@pytest.mark.parametrize(
    ("written", "escaped"),
    [("a b", "a%20b"), ("*", "%2A"), ("~-_.", "~-_."), ("默认", "%E9%BB%98%E8%AE%A4"), ("a+b/c=&", "a%2Bb%2Fc%3D%26")],
)
def test_escaping_follows_the_document(written, escaped):
    assert canonical_query({"q": written}) == f"q={escaped}"


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.text(min_size=1), st.text(), min_size=1, max_size=4))
def test_a_query_says_what_was_written_in_the_order_of_names(parameters):
    query = canonical_query(parameters)
    pairs = [tuple(unescape(side) for side in pair.split("=")) for pair in query.split("&")]
    assert pairs == sorted(parameters.items())
    assert query == "&".join(f"{escape(name)}={escape(value)}" for name, value in pairs)
