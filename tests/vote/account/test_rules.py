import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vote.account.rules import is_same_key, key_digest, same_name


def test_a_digest_is_sha_256_under_the_platforms_own_prefix():
    assert key_digest("a1") == hashlib.sha256(b"shanzhi role key 1\na1").hexdigest()


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_only_equal_keys_are_the_same(left, right):
    assert is_same_key(left, left)
    assert is_same_key(left, right) == (left == right)


@pytest.mark.parametrize(
    "spelling",
    ["王小明", " 王小明", "王 小明 ", "王　小明", "王\t小\n明"],
    ids=["plain", "left", "inside", "wide", "other"],
)
def test_a_blank_makes_nobody_a_second_person(spelling):
    assert same_name(spelling) == "王小明"


@pytest.mark.parametrize(
    ("left", "right"),
    [("Li Lei", "LI LEI"), ("Ｌｉ Ｌｅｉ", "lilei"), ("e\u0301va", "Éva"), ("Weiß", "WEISS"), ("王２号", "王2号")],
)
def test_nor_do_capitals_full_width_letters_or_composed_accents(left, right):
    assert same_name(left) == same_name(right)


@given(
    st.text("王李张小明芳", min_size=1), st.lists(st.sampled_from(" \t\n\u3000\u00a0\u2003"), max_size=3).map("".join)
)
def test_blanks_anywhere_in_a_name_are_passed_over(name, blanks):
    assert same_name(blanks.join(name)) == same_name(f"{blanks}{name}{blanks}") == name


def test_people_of_different_names_stay_different():
    assert len({same_name(name) for name in ("王小明", "王小民", "小明王", "")}) == 4
