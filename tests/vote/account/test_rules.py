import hashlib

from hypothesis import given
from hypothesis import strategies as st

from vote.account.rules import is_same_key, key_digest


def test_a_digest_is_sha_256_under_the_platforms_own_prefix():
    assert key_digest("a1") == hashlib.sha256(b"shanzhi role key 1\na1").hexdigest()


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_only_equal_keys_are_the_same(left, right):
    assert is_same_key(left, left)
    assert is_same_key(left, right) == (left == right)
