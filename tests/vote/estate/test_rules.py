import pytest

from vote.errors import Reason, RefusedError
from vote.estate.rules import require_identifier, require_name


@pytest.mark.parametrize("text", ["a", "7", "xinyuan-1", "a--b", "a" * 40])
def test_lowercase_letters_digits_and_inner_hyphens_do(text):
    assert require_identifier(text) == text


@pytest.mark.parametrize("text", ["", "-a", "a-", "A", "馨苑", "a_b", "a/b", "a b", "a.b", "a" * 41, "a\n", "٣"])
def test_any_other_identifier_is_refused(text):
    with pytest.raises(RefusedError, match="lowercase") as refusal:
        require_identifier(text)
    assert refusal.value.reason is Reason.MALFORMED


def test_a_name_loses_its_outer_blanks():
    assert require_name("  馨苑　", "estate") == "馨苑"
    assert require_name("苑" * 100, "estate") == "苑" * 100


@pytest.mark.parametrize("text", ["", "  ", "苑" * 101, "馨\n苑", "馨\x00苑", "馨\u202e苑"])
def test_a_name_that_is_no_line_of_text_is_refused(text):
    with pytest.raises(RefusedError, match="name of the county"):
        require_name(text, "county")
