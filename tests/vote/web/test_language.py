"""Which language a page speaks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vote.web.language import Language, find_language, prefer_language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", Language.ZH),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en-GB,en;q=0.9,zh;q=0.8", Language.EN),
        ("fr,de;q=0.9", Language.ZH),
        ("fr, en;q=0.5", Language.EN),
        ("zh;q=0.4, en;q=0.5", Language.EN),
        ("en;q=0", Language.ZH),
        ("en;q=many", Language.ZH),
        ("en;level=1", Language.ZH),
        ("*", Language.ZH),
        ("EN", Language.EN),
    ],
)
def test_the_browsers_favourite_of_ours_is_taken(accepted: str, language: Language) -> None:
    assert prefer_language(accepted) is language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh", Language.ZH),
        ("zh-Hans-CN", Language.ZH),
        (" EN-us ", Language.EN),
        ("fr", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_is_found_by_its_first_part(name: str | None, language: Language | None) -> None:
    assert find_language(name) is language


def test_each_language_leads_to_the_other() -> None:
    assert [each.other for each in Language] == [Language.EN, Language.ZH]
    assert [each.tag for each in Language] == ["zh-CN", "en"]


@given(st.text())
@settings(max_examples=50, deadline=None)
def test_whatever_a_browser_sends_there_is_a_language(accepted: str) -> None:
    assert prefer_language(accepted) in Language
