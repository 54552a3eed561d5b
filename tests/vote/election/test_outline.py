"""What is filled in becomes a draft, or says what is missing."""

from datetime import UTC, date, datetime

import pytest

from vote.election.ask import AskKind
from vote.election.outline import (
    Candidate,
    Figure,
    Outline,
    Person,
    ProfileField,
    Subject,
    asks_of,
    decode_outline,
    digest_of,
    draft_of,
    duties_of,
    empty_people,
    encode_outline,
    list_steps,
    profile_trouble,
    without_profile,
)
from vote.election.rules import Secrecy
from vote.errors import ContradictionError, RefusedError
from vote.role import Role

RULES = Subject(matter="1", kind=AskKind.MOTION, text="是否通过议事规则")
COMMITTEE = Subject(
    matter="3",
    kind=AskKind.ELECTION,
    text="选举业委会",
    candidates=(Candidate(name="甲", profile={ProfileField.WORK: "教师"}), Candidate(name="乙")),
    seats=1,
    alternates=1,
    depends_on=(0,),
)
PEOPLE = (
    Person(role=Role.TRUSTEE, person="业主甲", owner=True),
    Person(role=Role.TRUSTEE, person="社区乙", office="桥东社区"),
    Person(role=Role.DESK, person=""),
)
FULL = Outline(
    title="业主大会",
    subjects=(RULES, COMMITTEE),
    secrecy=Secrecy.NAMED,
    opens_on=date(2026, 12, 20),
    closes_on=date(2026, 12, 30),
    extensions=1,
    extension_until=date(2027, 1, 6),
    people=PEOPLE,
    desk_phone="0573-84012345",
)


def test_what_is_stored_is_read_again():
    assert decode_outline(encode_outline(FULL)) == FULL
    assert decode_outline(encode_outline(Outline())) == Outline()


@pytest.mark.parametrize("text", ["", "{}x", '{"title":1}', '{"title":"","unknown":1}', '{"secrecy":"open"}'])
def test_anything_else_in_the_database_is_a_contradiction(text):
    with pytest.raises(ContradictionError, match="outline"):
        decode_outline(text)


def test_a_full_outline_becomes_a_draft():
    draft, duties = draft_of(FULL, "xinyuan", 7, "cn-zj-jiaxing-jiashan")
    assert (draft.estate, draft.roll, draft.title, draft.secrecy) == ("xinyuan", 7, "业主大会", Secrecy.NAMED)
    assert draft.opens_at == datetime(2026, 12, 20, 0, 0, tzinfo=UTC)
    assert draft.closes_at == datetime(2026, 12, 30, 10, 0, tzinfo=UTC)
    assert draft.extension is not None
    assert (draft.extension.times, draft.extension.latest) == (1, datetime(2027, 1, 6, 10, 0, tzinfo=UTC))
    assert draft.trustees == ("业主甲", "社区乙")
    assert [duty.person for duty in duties] == ["业主甲", "社区乙"]
    assert draft.asks[0].choices == ("同意", "反对", "弃权")
    assert (draft.asks[1].choices, draft.asks[1].seats, draft.asks[1].depends_on) == (("甲", "乙", "弃权"), 1, (0,))


@pytest.mark.parametrize("gap", [{"opens_on": None}, {"closes_on": None}, {"secrecy": None}, {"subjects": ()}])
def test_an_outline_with_gaps_is_no_draft(gap):
    with pytest.raises(RefusedError):
        draft_of(FULL.model_copy(update=gap), "xinyuan", 7, "cn")


def test_without_a_last_day_voting_is_never_extended():
    draft, _ = draft_of(FULL.model_copy(update={"extensions": 0}), "xinyuan", 7, "cn")
    assert draft.extension is None


def test_alternatives_say_on_both_ballots_which_one_stands():
    other = RULES.model_copy(update={"text": "另一方案", "instead_of": 0})
    asks = asks_of(FULL.model_copy(update={"subjects": (RULES, other)}))
    assert asks[0].text.startswith("是否通过议事规则（与第2题二选一")
    assert asks[1].text.startswith("另一方案（与第1题二选一")
    assert "两题都通过" in asks[1].text


def test_steps_are_done_when_they_are_filled_in():
    digest = digest_of(FULL, 7)
    figure = Figure(
        of=digest, participants=1, simulations=200, forced=0, outliers=0, permyriad=0, exact=True, warn=False
    )
    named = tuple(each.model_copy(update={"person": each.person or "窗口甲"}) for each in PEOPLE)
    done = FULL.model_copy(update={"figure": figure, "people": named})
    assert all(step.done for step in list_steps(done, digest))
    assert [step.name for step in list_steps(FULL, digest) if not step.done] == ["people", "privacy"]
    assert not any(step.done for step in list_steps(Outline(), digest))


def test_a_figure_holds_for_its_questions_and_its_roll_only():
    assert digest_of(FULL, 7) != digest_of(FULL, 8)
    assert digest_of(FULL, 7) != digest_of(FULL.model_copy(update={"subjects": (RULES,)}), 7)
    assert digest_of(FULL, 7) == digest_of(FULL.model_copy(update={"title": "另一个名称"}), 7)


def test_places_are_there_for_everybody_whom_an_election_needs():
    roles = [each.role for each in empty_people(3)]
    assert {role: roles.count(role) for role in dict.fromkeys(roles)} == {
        Role.TRUSTEE: 3, Role.REGISTRAR: 2, Role.PHONES: 2, Role.DESK: 1, Role.ORGANISER: 1, Role.COMMUNITY: 1,
        Role.SUB_DISTRICT: 1,
    }  # fmt: skip
    assert duties_of(Outline(people=empty_people(3))) == ()


def test_a_candidate_takes_the_consent_back():
    assert without_profile(FULL, 1, 0).subjects[1].candidates[0] == Candidate(name="甲")
    for question, choice in ((2, 0), (1, 2), (0, 0)):
        with pytest.raises(RefusedError):
            without_profile(FULL, question, choice)


@pytest.mark.parametrize(
    ("value", "agreed", "trouble"),
    [
        ("", False, None),
        ("退休教师", True, None),
        ("退休教师", False, "consent"),
        ("电话13800138000", True, "identity"),
        ("33042119500101123X", True, "identity"),
        ("2026年前住3幢", True, None),
        ("字" * 601, True, "long"),
    ],
)
def test_a_profile_holds_what_its_candidate_agreed_to_and_no_number_of_a_person(value, agreed, trouble):
    assert profile_trouble(value, agreed=agreed) == trouble
