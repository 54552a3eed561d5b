"""What is declared, whom it meets, what is published and when."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vote.errors import RefusedError
from vote.oversight.interest.rules import (
    RELATIONS,
    Declaration,
    Handling,
    Hit,
    Nearness,
    Party,
    Relation,
    Seat,
    Source,
    Subject,
    commit_part,
    declared_facts,
    encode_hit,
    find_wrong_declaration,
    find_wrong_explanation,
    is_due,
    meet,
    published_facts,
    require_decidable,
    require_explainable,
)

CODE, OTHER_CODE = "91330100799655058B", "914403001922038216"
UUID, RECORD = "AAAAAAAAAAAAA2", "BBBBBBBBBBBBB2"
NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
TIE = Declaration(Seat.MEMBER, "张三", Subject.FIRM, "恒通电梯有限公司", Relation.OWNER, CODE, "三成股份")
HIT = Hit(7, Source.RECORD, RECORD, (RECORD,), Nearness.CODE, NOW, date(2026, 12, 8))


def party(name: str, code: str = "") -> Party:
    return Party(Source.RECORD, RECORD, name, code, (RECORD,))


@pytest.mark.parametrize(
    ("changes", "typed", "wrong"),
    [
        ({}, CODE, set()),
        ({}, "", set()),
        ({"holder": ""}, "", {"holder"}),
        ({"party": "恒通\n电梯"}, "", {"party"}),
        ({}, "91330100799655058C", {"credit_code"}),
        ({"subject": Subject.PERSON}, CODE, {"credit_code"}),
        ({"subject": Subject.PERSON}, "", set()),
        ({"note": ""}, "", set()),
        ({"note": "注" * 501}, "", {"note"}),
        ({"note": "注\u202e"}, "", {"note"}),
    ],
)
def test_a_declaration_names_both_and_a_code_that_is_one(changes, typed, wrong):
    assert find_wrong_declaration(replace(TIE, **changes), typed).keys() == wrong


@pytest.mark.parametrize(
    ("declared", "met", "expected"),
    [
        (TIE, party("别的名字", CODE), Nearness.CODE),
        (TIE, party("恒通电梯有限公司", OTHER_CODE), None),
        (TIE, party("恒通电梯有限责任公司"), Nearness.NAME),
        (TIE, party("恒通电梯有限公司", "写错的代码"), Nearness.NAME),
        (replace(TIE, credit_code=""), party("恒通电梯有限公司", CODE), Nearness.NAME),
        (TIE, party("嘉善恒达电梯有限公司"), Nearness.NEAR),
        (TIE, party("永安保洁有限公司"), None),
        (replace(TIE, subject=Subject.PERSON, party="王小明"), party("王 小明"), Nearness.NAME),
        (replace(TIE, subject=Subject.PERSON, party="王小明"), party("王小民"), None),
    ],
)
def test_a_code_goes_before_a_name_and_people_are_never_near(declared, met, expected):
    assert meet(declared, met) == expected


@pytest.mark.parametrize(
    ("handling", "text", "fits"),
    [
        (Handling.ABSTAIN, "", True),
        (Handling.EXPLAIN, "", False),
        (Handling.EXPLAIN, "已经转让股份。", True),
        (Handling.ABSTAIN, "说" * 1001, False),
        (Handling.EXPLAIN, "说\u202e", False),
    ],
)
def test_whoever_does_not_abstain_explains(handling, text, fits):
    assert (find_wrong_explanation(text, handling) is None) is fits


def test_a_member_explains_what_is_one_and_not_published():
    require_explainable(HIT)
    for hit in (replace(HIT, published_at=NOW), replace(HIT, nearness=Nearness.NEAR, publish_on=None)):
        with pytest.raises(RefusedError):
            require_explainable(hit)


def test_near_ones_are_decided_once():
    near = replace(HIT, nearness=Nearness.NEAR, publish_on=None)
    require_decidable(near)
    for hit in (HIT, replace(near, confirmed=False), replace(near, confirmed=True)):
        with pytest.raises(RefusedError):
            require_decidable(hit)


@pytest.mark.parametrize(
    ("hit", "today", "due"),
    [
        (HIT, date(2026, 12, 8), False),
        (HIT, date(2026, 12, 9), True),
        (replace(HIT, published_at=NOW), date(2026, 12, 9), False),
        (replace(HIT, publish_on=None), date(2026, 12, 9), False),
    ],
)
def test_the_last_day_is_still_the_members(hit, today, due):
    assert is_due(hit, today) is due


def test_the_log_holds_commitments_and_where():
    parts = [commit_part(name, value, bytes([1]) * 32) for name, value in TIE.parts.items()]
    assert declared_facts(UUID, Seat.CANDIDATE, parts) == {
        "interest": UUID,
        "seat": "candidate",
        "commitments": {each.name: each.commitment.hex() for each in parts},
    }
    said = commit_part("explanation", "已经转让。", bytes([2]) * 32)
    assert published_facts(UUID, HIT, Handling.EXPLAIN, said) == {
        "interest": UUID,
        "about": RECORD,
        "posting": 0,
        "handling": "explain",
        "commitments": {"explanation": said.commitment.hex()},
    }
    posting = replace(HIT, source=Source.POSTING, reference="12")
    assert published_facts(UUID, posting, Handling.SILENT, None) == {
        "interest": UUID,
        "about": "",
        "posting": 12,
        "handling": "silent",
        "commitments": {},
    }


def test_what_is_shown_has_its_salt_and_the_note_has_none():
    parts = [commit_part(name, value, bytes([1]) * 32) for name, value in TIE.parts.items()]
    said = commit_part("explanation", "已经转让。", bytes([2]) * 32)
    published = replace(HIT, handling=Handling.EXPLAIN, explanation=said, published_at=NOW)
    found = json.loads(encode_hit("xinyuan", UUID, published, parts))
    assert {name for name, part in found["parts"].items() if "salt" in part} == {
        "holder", "party", "credit_code", "relation", "explanation",
    }  # fmt: skip
    assert found["parts"]["note"] == {"commitment": parts[4].commitment.hex()}
    assert (found["about"], found["posting"], found["handling"]) == (RECORD, 0, "explain")
    silent = replace(published, handling=Handling.SILENT, explanation=None)
    assert "explanation" not in json.loads(encode_hit("xinyuan", UUID, silent, parts))["parts"]


def test_every_relation_has_its_words():
    assert RELATIONS.keys() == set(Relation)
