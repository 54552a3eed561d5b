"""What may be asked, by when it is answered, what everybody sees."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vote.errors import Reason, RefusedError
from vote.oversight.inquiry.rules import (
    Inquiry,
    Manner,
    Piece,
    Question,
    Standing,
    answered_facts,
    commit_piece,
    commit_text,
    encode_inquiry,
    find_wrong_answer,
    find_wrong_question,
    hidden_facts,
    needs_look,
    raised_facts,
    require_hidable,
    require_room,
    standing,
)
from vote.oversight.record.rules import Article, Office, Redaction

SALTS = [bytes([number]) * 32 for number in range(9)]
ASKED = datetime(2026, 12, 1, 2, tzinfo=UTC)
UUID = "AAAAAAAAAAAAA2"
NOT_HELD = False
GONE = Redaction(Article.PERSONAL, Office.COMMUNITY, date(2026, 12, 2))
NAMED = Question("电梯为什么还没修？", Manner.NAMED, "3幢一位业主")


def piece(name: str, value: str, salt: bytes = SALTS[8]) -> Piece:
    return Piece(name, commit_piece(name, value, salt), value, salt)


def inquiry(**changes: object) -> Inquiry:
    question = commit_text("text", "请打13800138000。", SALTS[:3])
    whole = Inquiry(
        UUID, "xinyuan", "", Manner.NAMED, ASKED, date(2026, 12, 16), NOT_HELD, question, piece("signature", "甲")
    )
    return replace(whole, **changes)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        (NAMED, set()),
        (replace(NAMED, manner=Manner.UNSEEN, signature=""), set()),
        (replace(NAMED, text=""), {"text"}),
        (replace(NAMED, text="问" * 1000), set()),
        (replace(NAMED, text="问" * 1001), {"text"}),
        (replace(NAMED, text="问\u202e题"), {"text"}),
        (replace(NAMED, text="13800138000," * 45), set()),
        (replace(NAMED, text="13800138000," * 46), {"text"}),
        (replace(NAMED, signature=" "), {"signature"}),
        (replace(NAMED, signature="甲" * 30), set()),
        (replace(NAMED, signature="甲" * 31), {"signature"}),
        (replace(NAMED, signature="甲\n乙"), {"signature"}),
    ],
)
def test_a_question_has_a_text_and_by_name_a_signature(question, wrong):
    """45 telephones with a sign after each are 90 pieces, which is the most."""
    assert find_wrong_question(question).keys() == wrong


def test_an_answer_with_a_telephone_needs_somebody_who_says_that_it_is_public():
    assert find_wrong_answer("请打0573-84123456。", looked=False).zh.startswith("里面像是有电话")
    assert find_wrong_answer("请打0573-84123456。", looked=True) is None
    assert find_wrong_answer("下周修好。", looked=False) is None
    assert find_wrong_answer("", looked=True).zh == "这一栏要填。"
    assert find_wrong_answer("修" * 3001, looked=True).zh.startswith("写得太长")


@pytest.mark.parametrize(
    ("question", "held"),
    [
        (NAMED, False),
        (replace(NAMED, text="请打13800138000。"), True),
        (replace(NAMED, signature="3-2-501"), True),
        (replace(NAMED, manner=Manner.UNSEEN, text="请打13800138000。"), False),
    ],
)
def test_what_everybody_would_read_is_looked_at_first_where_it_may_be_somebodys(question, held):
    assert needs_look(question) is held


@pytest.mark.parametrize(("open_now", "recent", "words"), [(3, 0, "3条询问"), (0, 5, "30天里"), (3, 5, "3条询问")])
def test_a_home_waits_with_three_open_or_five_in_thirty_days(open_now, recent, words):
    require_room(2, 4)
    with pytest.raises(RefusedError) as refused:
        require_room(open_now, recent)
    assert refused.value.reason is Reason.TOO_MANY
    assert words in refused.value.zh


DUE = date(2026, 12, 16)


@pytest.mark.parametrize(
    ("answered", "today", "expected"),
    [
        (None, date(2026, 12, 16), Standing.WAITING),
        (None, date(2026, 12, 17), Standing.OVERDUE),
        (date(2026, 12, 16), date(2027, 1, 1), Standing.ANSWERED),
        (date(2026, 12, 17), date(2027, 1, 1), Standing.LATE),
    ],
)
def test_the_last_day_is_in_time(answered, today, expected):
    assert standing(DUE, answered, today) is expected


def test_pieces_are_hidden_once_and_must_be_there():
    pieces = (piece("text_a", "甲"), replace(piece("text_b", "乙"), value=None, salt=None, redaction=GONE))
    require_hidable(pieces, ["text_a"])
    for names in ([], ["text_a", "text_a"], ["text_b"], ["text_c"]):
        with pytest.raises(RefusedError):
            require_hidable(pieces, names)


def test_the_log_holds_commitments_and_nothing_that_was_written():
    asker = piece("asker", "3幢2单元501室")
    facts = raised_facts(inquiry(), asker)
    assert facts == {
        "inquiry": UUID,
        "about": "",
        "manner": "named",
        "on": "2026-12-01",
        "due": "2026-12-16",
        "commitments": {
            "asker": asker.commitment.hex(),
            **{each.name: each.commitment.hex() for each in inquiry().question},
            "signature": inquiry().signature.commitment.hex(),
        },
    }
    unseen = raised_facts(inquiry(manner=Manner.UNSEEN, signature=None), asker)
    assert unseen["commitments"].keys() == {"asker", "text_a", "text_b", "text_c"}
    answer = commit_text("answer", "修好了。", SALTS[:1])
    assert answered_facts(UUID, date(2026, 12, 3), answer) == {
        "inquiry": UUID,
        "on": "2026-12-03",
        "commitments": {"answer_a": answer[0].commitment.hex()},
    }
    assert hidden_facts(UUID, ["text_c", "text_b"], GONE) == {
        "inquiry": UUID,
        "fields": ["text_b", "text_c"],
        "article": "personal",
        "office": "community",
        "on": "2026-12-02",
    }


def test_everybody_gets_salts_of_what_everybody_may_read():
    answer = commit_text("answer", "修好了。", SALTS[:1])
    found = json.loads(encode_inquiry(inquiry(answer=answer, answered_at=ASKED, tabled_at=ASKED)))
    assert found["question"]["text_b"]["value"] == "13800138000"
    assert found["question"]["signature"]["salt"] == "08" * 32
    assert found["answer"]["answer_a"]["value"] == "修好了。"
    days = found["raised_on"], found["answered_on"], found["tabled_on"]
    assert (days, found["about"]) == (("2026-12-01",) * 3, None)


@pytest.mark.parametrize("changes", [{"held": True}, {"manner": Manner.UNSEEN, "signature": None}])
def test_of_what_not_everybody_may_read_there_are_commitments_alone(changes):
    found = json.loads(encode_inquiry(inquiry(**changes)))
    assert all(each.keys() == {"commitment"} for each in found["question"].values())
    assert (found["answered_on"], found["tabled_on"]) == (None, None)


def test_a_hidden_piece_says_by_which_law():
    gone = Piece("text_a", b"c" * 32, None, None, GONE)
    assert not gone.personal
    found = json.loads(encode_inquiry(inquiry(question=(gone,))))["question"]["text_a"]
    assert found == {
        "commitment": b"c".hex() * 32,
        "redacted": {"article": "personal", "by": "community", "on": "2026-12-02"},
    }
    assert inquiry().question[1].personal
    assert inquiry().open_to_all
