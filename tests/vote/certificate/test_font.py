import pytest

from vote.certificate.font import FAMILY, font_folder, require_glyphs
from vote.errors import RefusedError


@pytest.mark.parametrize(
    "text",
    [
        "业主大会表决结果证明",
        "ABCabc019 ,.-@/:%",
        "“”《》（）·、；：！？—…　㎡²×≥＞→①",
        "㙍䶮龘𠮷𰻝鿍",
        "古丽巴哈尔·买买提",
        "一\n二",
    ],
)
def test_what_names_and_questions_are_written_with_can_be_printed(text):
    require_glyphs(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张😀", r"😀 \(U\+1F600\)"),
        ("\ue000", r"U\+E000"),
        ("\x00", r"U\+0000"),
        ("\u0e01", r"ก \(U\+0E01\)"),
        ("\u202e", r"U\+202E"),
        ("\U0010ffff", r"U\+10FFFF"),
        ("\r", r"U\+000D"),
    ],
)
def test_a_character_that_the_font_lacks_is_refused_by_name(text, name):
    with pytest.raises(RefusedError, match=f"The character {name} cannot be printed"):
        require_glyphs(text)


def test_the_font_is_the_one_for_simplified_chinese():
    assert FAMILY == "Noto Sans CJK SC"
    assert [each.suffix for each in font_folder().glob("*.ttc")] == [".ttc"]
