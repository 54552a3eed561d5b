"""Who may watch an estate's log."""

import pytest

from crypto.log_policy import encode_log_policy
from crypto.note import encode_verifier_key
from tests.crypto.logs import LOG, W1, W2
from vote.errors import Reason, RefusedError
from vote.log.policy import MAX_POLICY_BYTES, counted, published_policy, read_policy

LI = f"witness li {encode_verifier_key(W1)}"
WANG = f"witness wang {encode_verifier_key(W2)}"
FIRST, SECOND = f"{LI} http://192.0.2.1:8070", f"{WANG} https://wang.example/w"


def text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def test_a_policy_is_read_and_those_who_count_are_named() -> None:
    policy = read_policy(text(FIRST, SECOND, "group two all li wang", "quorum two"))
    assert counted(policy) == ("li", "wang")
    assert read_policy(encode_log_policy(policy).encode()) == policy
    nested = read_policy(text(FIRST, SECOND, "group a any li", "group b 1 a", "group c any wang", "quorum b"))
    assert counted(nested) == ("li",)


def test_who_does_not_count_needs_no_address() -> None:
    assert counted(read_policy(text(FIRST, WANG, "quorum li"))) == ("li",)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff", "UTF-8"),
        (b"nonsense\n", "cannot be used"),
        (text("quorum none"), "asks for no witness"),
        (text(f"log {encode_verifier_key(LOG)}", FIRST, "quorum li"), "names a log"),
        (text(LI, "quorum li"), "no address"),
        (text(f"{LI} ftp://li.example", "quorum li"), "no address"),
        (text(f"{LI} http://[", "quorum li"), "no address"),
        (text(f"{LI} http:///x", "quorum li"), "no address"),
        (text(f"{LI} http://li.example/?a", "quorum li"), "no address"),
        (text(f"{LI} http://li.example/#a", "quorum li"), "no address"),
    ],
)
def test_another_policy_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(RefusedError, match=why) as caught:
        read_policy(data)
    assert caught.value.reason is Reason.MALFORMED


def test_a_policy_has_an_end() -> None:
    with pytest.raises(RefusedError) as caught:
        read_policy(b"#" * (MAX_POLICY_BYTES + 1))
    assert caught.value.reason is Reason.TOO_LARGE


def test_the_published_file_names_the_log_without_an_address_and_who_watches() -> None:
    log = f"log {encode_verifier_key(LOG)}"
    assert published_policy(LOG, None) == text(log, "quorum none")
    published = published_policy(LOG, read_policy(text(FIRST, "quorum li"))).splitlines()
    assert published == text(log, FIRST, "quorum li").splitlines()
