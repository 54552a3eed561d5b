"""What is found in what an estate published, and what must not be."""

from datetime import UTC, date, datetime

import pytest

from tests.vote.oversight.book.ledger import VOUCHER, entered
from vote.oversight.book.accounts import Account
from vote.oversight.book.rules import Posting, payment
from vote.oversight.inquiry.rules import Inquiry, Manner, Piece
from vote.oversight.petition.rules import Petition, PetitionKind
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.rules import FILES, CommittedField, PublicRecord
from vote.oversight.summary.search import (
    holds,
    texts_of_inquiry,
    texts_of_petition,
    texts_of_posting,
    texts_of_record,
    words_of,
)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", ()),
        ("  ", ()),
        ("电梯", ("电梯",)),
        (" 电梯　维修 ABC", ("电梯", "维修", "abc")),
        ("ＡＢ１２", ("ab12",)),
        ("a\x00b", ("ab",)),
        ("一 二 三 四 五 六 七 八 九", ("一", "二", "三", "四", "五", "六", "七", "八")),
        ("长" * 101, ("长" * 100,)),
    ],
)
def test_words_are_read_as_they_are_meant(asked: str, words: tuple[str, ...]) -> None:
    assert words_of(asked) == words


def test_all_words_must_be_there_each_anywhere() -> None:
    assert holds(("电梯", "abc"), ("3号楼电梯维修", "ＡＢＣ公司"))
    assert not holds(("电梯", "水泵"), ("3号楼电梯维修", "ABC公司"))
    assert not holds((), ("电梯",))
    assert not holds(("电梯",), ())


def test_a_posting_is_found_by_its_words_until_they_are_hidden() -> None:
    posting = entered(1, date(2026, 3, 2), payment(Account.REPAIRS, 100), payee="乙公司", note="修门")
    assert texts_of_posting(posting) == ("乙公司", "", "修门")
    hidden = Posting(1, date(2026, 3, 2), payment(Account.REPAIRS, 100), VOUCHER, None, "")
    assert texts_of_posting(hidden) == ()


def inquiry(manner: Manner, *, held: bool = False, signed: bool = True) -> Inquiry:
    def piece(name: str, value: str | None) -> Piece:
        return Piece(name, b"", value, None)

    return Inquiry(
        "u",
        "e",
        "",
        manner,
        datetime(2026, 3, 1, tzinfo=UTC),
        date(2026, 3, 16),
        held,
        (piece("text_a", "水泵"), piece("text_b", None), piece("text_c", "坏了")),
        piece("signature", "张先生") if signed else None,
        (piece("answer_a", "已经修好"),),
    )


def test_an_inquiry_is_found_by_what_everybody_may_read() -> None:
    assert texts_of_inquiry(inquiry(Manner.NAMED)) == ("水泵\n坏了张先生", "已经修好")
    assert texts_of_inquiry(inquiry(Manner.NAMED, signed=False)) == ("水泵\n坏了", "已经修好")
    assert texts_of_inquiry(inquiry(Manner.NAMED, held=True)) == ("", "已经修好")
    assert texts_of_inquiry(inquiry(Manner.UNSEEN)) == ("", "已经修好")


def test_a_record_is_found_by_its_words_choices_and_names_of_files() -> None:
    fields = (
        CommittedField("title", b"", "用章", b""),
        CommittedField("seal", b"", "committee", b""),
        CommittedField("purpose", b"", None, None),
        CommittedField("approved", b"", ["张三", "李四"], b""),
        CommittedField("copies", b"", 2, b""),
        CommittedField(FILES[0], b"", {"name": "合同.pdf", "media_type": "application/pdf"}, b""),
    )
    record = PublicRecord("u", "e", RecordKind.SEAL, datetime(2026, 3, 1, tzinfo=UTC), None, fields)
    assert texts_of_record(record) == (
        "用章", "业主委员会印章", "seal of the committee", "张三", "李四", "2", "合同.pdf",
    )  # fmt: skip


def test_a_petition_is_found_by_what_it_says() -> None:
    assert texts_of_petition(Petition("u", "e", PetitionKind.RECALL, "请罢免", "王五")) == ("请罢免", "王五")
