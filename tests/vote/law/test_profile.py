from datetime import date

import pytest

from vote.errors import RefusedError
from vote.law.library import load_profile
from vote.law.measure import Period, Share

TODAY = date(2026, 12, 1)
JIASHAN = load_profile("cn-zj-jiaxing-jiashan")


def test_a_value_or_one_field_of_it_is_read_by_its_kind() -> None:
    assert JIASHAN.read(Period, "dispute_period", on=TODAY) == Period(3, "D")
    assert JIASHAN.read(Period, "first_meeting.within", on=TODAY) == Period(90, "D")
    assert JIASHAN.read(Share, "quorum.heads", on=TODAY) == Share(2, 3)
    assert JIASHAN.read(bool, "heads_rule.developer_merged", on=TODAY)


@pytest.mark.parametrize("path", ["first_meeting", "first_meeting.within", "committee_size.least", "dispute_period.x"])
def test_a_value_of_another_kind_is_a_mistake_of_the_program(path: str) -> None:
    with pytest.raises(TypeError):
        JIASHAN.read(int, path, on=TODAY)


def test_nothing_stands_before_the_civil_code() -> None:
    eve = date(2020, 12, 31)
    for ask in (lambda: JIASHAN.value("quorum", on=eve), lambda: JIASHAN.matters(on=eve)):
        with pytest.raises(RefusedError, match="Civil Code"):
            ask()
    assert JIASHAN.value("quorum", on=date(2021, 1, 1)).confirmed


def test_an_unknown_parameter_or_matter_is_refused() -> None:
    with pytest.raises(RefusedError, match="threshold"):
        JIASHAN.value("threshold", on=TODAY)
    with pytest.raises(RefusedError, match="'10'"):
        JIASHAN.matter("10", on=TODAY)


def test_before_jiaxings_own_rules_the_nations_stand() -> None:
    """JX is in force from 2022-03-01."""
    eve, day = date(2022, 2, 28), date(2022, 3, 1)
    assert JIASHAN.value("first_meeting", on=eve).holder == "cn"
    assert JIASHAN.value("first_meeting", on=day).holder == "cn-zj-jiaxing"
    assert JIASHAN.value("first_meeting", on=day).citations[0].code == "JX 13"
