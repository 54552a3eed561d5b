import pytest

from vote.law.marks import Answer, Picks, read_item, read_names

YES, NO, ABSTAIN, INVALID = Answer.YES, Answer.NO, Answer.ABSTAIN, Answer.INVALID


@pytest.mark.parametrize("answer", [YES, NO, ABSTAIN])
def test_one_mark_is_that_answer(answer: Answer) -> None:
    assert read_item([answer]) is answer


def test_an_unmarked_item_is_an_abstention_unless_the_profile_calls_it_invalid() -> None:
    assert read_item([]) is ABSTAIN
    assert read_item([], unmarked=INVALID) is INVALID


@pytest.mark.parametrize("marked", [[YES, NO], [YES, ABSTAIN], [YES, NO, ABSTAIN]])
def test_more_than_one_mark_is_invalid(marked: list[Answer]) -> None:
    assert read_item(marked) is INVALID


def test_the_same_box_marked_twice_is_one_mark() -> None:
    assert read_item([NO, NO]) is NO


def test_ticking_nobody_is_a_ballot_and_no_abstention() -> None:
    assert read_names([], 3) == Picks(frozenset())
    assert read_names([], 3, abstains=True) == Picks(frozenset(), abstains=True)


def test_as_many_names_as_seats_are_valid_and_more_are_not() -> None:
    assert read_names(["甲", "乙"], 2) == Picks(frozenset({"甲", "乙"}))
    assert read_names(["甲", "乙", "丙"], 2) is None


def test_a_name_beside_the_abstention_is_invalid() -> None:
    assert read_names(["甲"], 2, abstains=True) is None
