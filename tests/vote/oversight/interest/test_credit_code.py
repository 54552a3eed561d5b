"""Credit codes and their check digit."""

import pytest

from vote.oversight.interest.credit_code import check_sign, find_code

KNOWN = [
    "91330100799655058B",
    "9144030071526726XG",
    "914403001922038216",
    "91100000100003962T",
    "91110000710926094P",
]
"""Of large firms, as their public registers and reports have them."""


@pytest.mark.parametrize("code", KNOWN)
def test_codes_of_large_firms_are_right_and_one_other_sign_makes_them_wrong(code):
    assert find_code(code) == code
    for place in range(18):
        other = "1" if code[place] != "1" else "2"
        assert find_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize(
    ("body", "sign"),
    [("0" * 17, "0"), ("1" + "0" * 16, "Y"), ("0" * 16 + "1", "3"), ("01" + "0" * 15, "W"), ("0" * 16 + "Y", "W")],
)
def test_the_last_sign_is_worked_out_by_hand(body, sign):
    """Weights are 1, 3, … 3^16 = 28 mod 31; 31−1 is Y, 31−28 is 3, 31−3 is 28: W is 28, X 29, Y 30.

    So "01" gives 28, which is W; and Y times 28 is 840 = 27·31 + 3, which leaves 28 as well.
    """
    assert check_sign(body) == sign


@pytest.mark.parametrize(
    "typed", ["9133 0100 7996 5505 8b", "９１３３０１００７９９６５５０５８Ｂ", "91330100-799655058-B"]
)
def test_a_code_has_one_spelling(typed):
    assert find_code(typed) == "91330100799655058B"


@pytest.mark.parametrize("typed", ["", "9133010079965505", "91330100799655058I", "91330100799655058B1", "没有代码"])
def test_what_is_no_code_is_none(typed):
    assert find_code(typed) is None
