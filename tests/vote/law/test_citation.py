import pytest

from crypto.errors import MalformedError
from vote.law.citation import MARK_TEXT, Citation, Mark, Source, Text, decode_citation

CC = Source("CC", Text("民法典", "Civil Code"), None, None, "")


@pytest.mark.parametrize(
    ("article", "zh", "en"),
    [
        ("278 ¶1(4)", "《民法典》第278条第1款第4项", "Civil Code art. 278 ¶1(4)"),
        ("278 ¶2", "《民法典》第278条第2款", "Civil Code art. 278 ¶2"),
        ("34(8)", "《民法典》第34条第8项", "Civil Code art. 34(8)"),
        ("17–18", "《民法典》第17–18条", "Civil Code art. 17–18"),
        ("1259", "《民法典》第1259条", "Civil Code art. 1259"),
        ("unnumbered", "《民法典》（条号未记）", "Civil Code (article number not recorded)"),
    ],
)
def test_an_article_is_cited_in_both_languages(article: str, zh: str, en: str) -> None:
    citation = decode_citation(f"CC {article}", {"CC": CC}, "here")
    assert citation == Citation(CC, article)
    assert citation.text == Text(zh, en)
    assert citation.code == f"CC {article}"


@pytest.mark.parametrize(
    "code", ["CC", "CC ", "CC 0", "CC 278¶2", "CC 278 ¶2 ", "CC 278 para 2", "XX 1", "CC art. 278"]
)
def test_another_spelling_of_an_article_is_refused(code: str) -> None:
    with pytest.raises(MalformedError):
        decode_citation(code, {"CC": CC}, "here")


def test_every_mark_but_the_statutes_says_unconfirmed() -> None:
    assert set(MARK_TEXT) == set(Mark)
    for mark, text in MARK_TEXT.items():
        assert text.en.startswith("unconfirmed") is (mark is not Mark.STATUTE)
        assert text.zh.startswith("待核实") is (mark is not Mark.STATUTE)
