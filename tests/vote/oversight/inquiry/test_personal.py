"""What may be somebody's is found by its shape, and a text is cut so that just this can go."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vote.oversight.inquiry.personal import cut, find_personal, is_personal, name_pieces, order_pieces


@pytest.mark.parametrize(
    "found",
    [
        "13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "１３８００１３８０００",
        "0573-84123456",
        "057384123456",
        "33042119800101001X",
        "330421198001010012",
        "6222021234567890123",
        "6222 0212 3456 7890",
        "3幢2单元501室",
        "3栋501",
        "12幢 1单元 1201",
        "3-2-501",
        "wang.wu+1@example.com.cn",
    ],
)
def test_what_may_be_somebodys_is_a_piece_of_its_own(found):
    assert cut(f"请找{found}核对。") == ("请找", found, "核对。")
    assert is_personal(found)


@pytest.mark.parametrize(
    "harmless",
    [
        "去年收入12345.60元",
        "2026-11-24",
        "共1380户",
        "第278条",
        "12800138000",
        "138001380001",
        "3幢的电梯",
        "一共84123456",
    ],
)
def test_amounts_days_and_articles_are_not(harmless):
    assert find_personal(harmless) == ()


def test_sentences_are_joined_until_a_piece_has_forty_signs():
    first, second = "一" * 30 + "。", "二" * 30 + "？"
    assert cut(first + second + "三。") == (first + second, "三。")
    assert cut("") == ()


def test_two_next_to_each_other_are_two_pieces():
    assert cut("13800138000,13900139000") == ("13800138000", ",", "13900139000")


@given(st.text(st.sampled_from("问。\n1380013800 -@a3幢501"), max_size=80))
def test_the_pieces_in_their_order_are_the_text(text):
    assert "".join(cut(text)) == text


def test_names_of_pieces_are_letters_in_the_order_of_the_text():
    names = name_pieces("text", 54)
    assert (names[0], names[25], names[26], names[53]) == ("text_a", "text_z", "text_ba", "text_cb")
    assert order_pieces(sorted(names)) == list(names)
