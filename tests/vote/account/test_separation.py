"""Who may not be who else: the rules of separation, with expectations by hand from the table of duties."""

from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from tests.vote.drafts import DUTIES, NAMES
from vote.account.separation import (
    Duty,
    Separation,
    decode_separation,
    encode_separation,
    find_separation,
    require_duties,
    require_separation,
)
from vote.errors import Reason, RefusedError
from vote.role import Role

PAIRS = ("desk", "registrar"), ("desk", "trustee")
KEPT = Separation((), (), owner_trustee=True)
APART = ["registrar", "phones", "desk", "community", "trustee"]
"""Nobody holds two of these."""
TOGETHER = ["organiser", "sub_district"]
"""Whoever holds one of these may hold another duty too: they confirm and acknowledge what everybody can see."""


def first(role: str) -> Duty:
    return next(duty for duty in DUTIES if duty.role == role)


def with_one_person_for(left: str, right: str) -> list[Duty]:
    """Return the duties in which the first of each role is the same person."""
    same = first(left).person
    return [replace(duty, person=same) if duty is first(right) else duty for duty in DUTIES]


def test_twelve_people_with_one_duty_each_keep_every_rule():
    assert find_separation(DUTIES, 2) == KEPT
    assert KEPT.kept
    require_separation(KEPT, too_few_staff=False)


@pytest.mark.parametrize(("left", "right"), list(permutations(APART, 2)))
def test_no_person_holds_two_duties_that_must_lie_apart(left, right):
    found = find_separation(with_one_person_for(left, right), 2)
    assert found.overlaps == (tuple(sorted((left, right))),)
    assert not found.kept


@pytest.mark.parametrize(("left", "right"), [*product(TOGETHER, APART), ("organiser", "sub_district")])
def test_whoever_confirms_or_acknowledges_may_have_another_duty(left, right):
    assert find_separation(with_one_person_for(right, left), 2) == KEPT


def test_one_person_in_three_duties_makes_three_pairs():
    same = {Role.REGISTRAR, Role.DESK, Role.COMMUNITY}
    everybody = [replace(duty, person="社区书记") if duty.role in same else duty for duty in DUTIES]
    assert find_separation(everybody, 2).overlaps == (
        ("community", "desk"),
        ("community", "registrar"),
        ("desk", "registrar"),
    )


def test_the_order_in_which_people_are_named_does_not_matter():
    everybody = with_one_person_for("registrar", "trustee")
    assert find_separation(everybody[::-1], 2) == find_separation(everybody, 2)


@pytest.mark.parametrize(
    ("offices", "threshold", "expected"),
    [
        (("", "桥东社区", "魏塘街道"), 2, ()),
        (("", "桥东社区", "桥东社区"), 2, ("桥东社区",)),
        (("", "桥东社区", "桥东社区"), 3, ()),
        (("桥东社区", "桥东社区", "桥东社区"), 3, ("桥东社区",)),
        (("", "桥东社区", "魏塘街道"), 1, ("桥东社区", "魏塘街道")),
        (("", "", ""), 1, ()),
    ],
)
def test_no_office_sends_as_many_trustees_as_open_the_totals(offices, threshold, expected):
    """Owners on their own belong to no office, so they are never counted together."""
    others = [duty for duty in DUTIES if duty.role is not Role.TRUSTEE]
    trustees = [
        Duty(Role.TRUSTEE, name, office, owner=index == 0)
        for index, (name, office) in enumerate(zip(NAMES, offices, strict=True))
    ]
    found = find_separation([*trustees, *others], threshold)
    assert found == Separation((), expected, owner_trustee=True)
    assert found.kept is (not expected)


def test_an_office_is_counted_for_its_trustees_only():
    """Most duties of the sample belong to the community; one trustee does."""
    assert sum(duty.office == "桥东社区" for duty in DUTIES) == 5
    assert find_separation(DUTIES, 2).offices == ()


def test_one_trustee_at_least_is_an_owner():
    nobody = [replace(duty, owner=False) if duty.role is Role.TRUSTEE else duty for duty in DUTIES]
    assert any(duty.owner for duty in nobody)
    assert find_separation(nobody, 2) == Separation((), (), owner_trustee=False)
    assert not find_separation(nobody, 2).kept
    assert find_separation([], 2) == Separation((), (), owner_trustee=False)


@pytest.mark.parametrize(
    ("separation", "words"),
    [
        (
            Separation(PAIRS, ("甲",), owner_trustee=False),
            "one person is both desk and registrar",
        ),
        (Separation((), ("桥东社区",), owner_trustee=False), "桥东社区 sends enough trustees to open the totals alone"),
        (Separation((), (), owner_trustee=False), "no trustee is an owner"),
    ],
)
def test_what_is_not_apart_is_refused_unless_it_is_said_that_staff_is_too_few(separation, words):
    with pytest.raises(RefusedError, match=words) as refusal:
        require_separation(separation, too_few_staff=False)
    assert refusal.value.reason is Reason.NOT_ALLOWED
    assert "too_few_staff" in refusal.value.detail
    require_separation(separation, too_few_staff=True)


def test_every_duty_is_held_by_as_many_people_as_it_takes():
    require_duties(DUTIES, 3)
    require_duties([*DUTIES, Duty(Role.DESK, "窗口乙", "桥东社区", owner=False)], 3)


@pytest.mark.parametrize(
    ("role", "least"),
    [
        ("registrar", 2),
        ("phones", 2),
        ("desk", 1),
        ("organiser", 1),
        ("community", 1),
        ("sub_district", 1),
        ("trustee", 3),
    ],
)
def test_an_election_that_lacks_somebody_is_refused(role, least):
    fewer = [duty for duty in DUTIES if duty is not first(role)]
    with pytest.raises(RefusedError, match=f"duty {role} needs {least} people, and {least - 1} are named") as refusal:
        require_duties(fewer, 3)
    assert refusal.value.reason is Reason.MALFORMED


def test_trustees_are_as_many_as_the_draft_names():
    for number in (2, 4):
        with pytest.raises(RefusedError, match=f"duty trustee needs {number} people, and 3 are named"):
            require_duties(DUTIES, number)


def test_another_spelling_makes_neither_another_person_nor_another_office():
    registrar = first("registrar").person
    everybody = [
        replace(duty, person=f" {registrar[0]}　{registrar[1:]}") if duty is first("desk") else duty for duty in DUTIES
    ]
    assert find_separation(everybody, 2).overlaps == (("desk", "registrar"),)
    respelt = ("桥东社区", "桥东 社区", "")
    trustees = [replace(duty, office=office) for duty, office in zip(DUTIES[:3], respelt, strict=True)]
    assert find_separation(trustees, 2).offices == ("桥东社区",)
    twice = [replace(duty, person=" 某 甲") if duty is first("registrar") else duty for duty in DUTIES]
    twice = [replace(duty, person="某甲") if duty is DUTIES[4] else duty for duty in twice]
    with pytest.raises(RefusedError, match="named twice for the duty registrar"):
        require_duties(twice, 3)


@pytest.mark.parametrize("role", ["registrar", "phones", "trustee"])
def test_what_takes_different_people_is_not_done_by_one_twice(role):
    same = [replace(duty, person="某甲") if duty.role == role else duty for duty in DUTIES]
    with pytest.raises(RefusedError, match=f"named twice for the duty {role}") as refusal:
        require_duties(same, 3)
    assert refusal.value.reason is Reason.NOT_ALLOWED


def test_a_second_key_for_the_same_person_at_the_desk_does_no_harm():
    require_duties([*DUTIES, first("desk")], 3)


texts = st.text(st.characters(codec="utf-8"), max_size=8)
separations = st.builds(
    Separation,
    st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
    st.booleans(),
)


@given(separations)
@settings(max_examples=40, deadline=None)
def test_what_the_manifest_says_is_read_as_it_was_written(separation):
    written = encode_separation(separation)
    assert decode_separation(written, "it") == separation
    assert written["kept"] is separation.kept


def test_the_manifest_has_these_words():
    assert encode_separation(Separation((("desk", "registrar"),), ("桥东社区",), owner_trustee=True)) == {
        "kept": False,
        "overlaps": [["desk", "registrar"]],
        "offices": ["桥东社区"],
        "owner_trustee": True,
    }


WRITTEN = encode_separation(Separation((("desk", "registrar"),), ("桥东社区",), owner_trustee=True))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        *({name: value for name, value in WRITTEN.items() if name != left_out} for left_out in WRITTEN),
        {**WRITTEN, "note": ""},
        {**WRITTEN, "kept": 0},
        {**WRITTEN, "kept": None},
        {**WRITTEN, "owner_trustee": 1},
        {**WRITTEN, "offices": "桥东社区"},
        {**WRITTEN, "offices": [1]},
        {**WRITTEN, "overlaps": [["desk"]]},
        {**WRITTEN, "overlaps": [["desk", "registrar", "trustee"]]},
        {**WRITTEN, "overlaps": [["desk", 1]]},
        {**WRITTEN, "overlaps": ["desk"]},
    ],
    ids=str,
)
def test_what_says_anything_else_is_refused(value):
    with pytest.raises(MalformedError, match=r"^it"):
        decode_separation(value, "it")
