import pytest

from crypto.errors import MalformedError, VerificationError
from tests.vote.verifier.bundles import HONEST
from vote.election.ask import election, motion
from vote.election.packing import Measures
from vote.verifier.rules import (
    is_named_after,
    read_manifest,
    verify_answers,
    verify_counts,
    verify_weights,
)

CAST = Measures(3, 300)
ASKS = election("3", "选举", ("甲", "乙", "丙"), seats=2), motion("1", "规约")


def test_packed_weights_add_up_to_heads_and_area() -> None:
    assert verify_weights({"a": 1201, "b": 8001}, base=100) == Measures(2, 92)


@pytest.mark.parametrize("weight", [1202, 1200, 1, 0])
def test_a_weight_of_other_than_one_head_with_area_is_refused(weight: int) -> None:
    with pytest.raises(
        VerificationError, match=rf"^credential 2 of the list: its weight {weight} is not an area times"
    ):
        verify_weights({"a": 1201, "b": weight}, base=100)


def test_as_many_credentials_as_the_base_are_refused() -> None:
    weights = {str(number): 101 * 10 for number in range(10)} | dict.fromkeys(map(str, range(10)), 21)
    with pytest.raises(
        VerificationError, match=r"^the list has 10 credentials, too many for base 10: heads would overflow"
    ):
        verify_weights(weights, base=10)
    assert verify_weights({number: weights[number] for number in "123456789"}, base=10) == Measures(9, 18)


def test_counts_within_what_was_cast_are_accepted() -> None:
    verify_counts([[CAST, Measures(0, 0)], [Measures(1, 299)]], CAST, 3)


@pytest.mark.parametrize(
    ("count", "refusal"),
    [
        (Measures(4, 300), "^question 1, choice 2: heads 4 is above the 3 that were cast$"),
        (Measures(3, 301), "^question 1, choice 2: area_dm2 301 is above the 300 that were cast$"),
        (Measures(0, 1), "^question 1, choice 2: heads 0 and area_dm2 1 do not belong together$"),
        (Measures(1, 0), "^question 1, choice 2: heads 1 and area_dm2 0 do not belong together$"),
    ],
)
def test_a_count_above_what_was_cast_is_refused(count: Measures, refusal: str) -> None:
    with pytest.raises(VerificationError, match=refusal):
        verify_counts([[CAST, count]], CAST, 3)


def test_another_number_of_ballots_than_heads_is_refused() -> None:
    with pytest.raises(VerificationError, match=r"^the total weight holds 3 heads, but 4 ballots count$"):
        verify_counts([], CAST, 4)


def test_a_motion_is_answered_once_by_everyone() -> None:
    verify_answers(ASKS[1:], [[Measures(1, 100), Measures(0, 0), Measures(2, 200)]], CAST)
    with pytest.raises(VerificationError, match=r"^question 1: the answers add up to heads 2, but 3 were cast$"):
        verify_answers(ASKS[1:], [[Measures(1, 100), Measures(0, 0), Measures(1, 200)]], CAST)
    with pytest.raises(VerificationError, match=r"^question 1: the answers add up to area_dm2 301, but 300 were cast$"):
        verify_answers(ASKS[1:], [[Measures(1, 101), Measures(0, 0), Measures(2, 200)]], CAST)


def test_nobody_ticks_more_candidates_than_there_are_seats() -> None:
    nobody = Measures(0, 0)
    verify_answers(ASKS[:1], [[CAST, CAST, nobody, nobody]], CAST)
    verify_answers(ASKS[:1], [[nobody] * 4], CAST)
    with pytest.raises(VerificationError, match=r"^question 1: more was ticked than 3 in heads may tick$"):
        verify_answers(ASKS[:1], [[CAST, CAST, nobody, Measures(1, 10)]], CAST)


def test_an_archive_is_named_after_its_election() -> None:
    assert is_named_after("DQB53CqA1UtMwz.bel", "DQB53CqA1UtMwz")
    assert not is_named_after("DQB53CqA1UtMwz.bel.bel", "DQB53CqA1UtMwz")


def test_a_manifest_with_a_number_beyond_canonical_json_is_refused() -> None:
    data = HONEST.manifest.replace(b'"area_dm2":604252', b'"area_dm2":9007199254740993')
    with pytest.raises(MalformedError, match=r"^manifest\.json: not in canonical spelling"):
        read_manifest(data)
