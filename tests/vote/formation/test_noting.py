"""When a case may begin, and what may be noted in it."""

from datetime import date

import pytest

from tests.vote.formation.made import case, on, until
from vote.errors import RefusedError
from vote.formation.noting import Beginning, require_begun, require_noted
from vote.formation.rules import Happened
from vote.law.procedure import Happening, Procedure

TODAY, ENDS = date(2026, 3, 20), date(2026, 9, 30)


def test_a_case_begins_today_or_earlier_beside_others() -> None:
    assert require_begun(Beginning(Procedure.FORMING), [Procedure.MEETING], TODAY) == TODAY
    assert require_begun(Beginning(Procedure.RECALL, date(2021, 1, 1)), [Procedure.FORMING], TODAY) == date(2021, 1, 1)
    assert require_begun(Beginning(Procedure.RENEWAL, term_ends=ENDS), [Procedure.RECALL], TODAY) == TODAY


@pytest.mark.parametrize(
    ("beginning", "running", "why"),
    [
        (Beginning(Procedure.FORMING), [Procedure.RENEWAL], "接着那一次办"),
        (Beginning(Procedure.RENEWAL, term_ends=ENDS), [Procedure.FORMING], "接着那一次办"),
        (Beginning(Procedure.RENEWAL), [], "本届任期的最后一天"),
        (Beginning(Procedure.RECALL, term_ends=ENDS), [], "本届任期的最后一天"),
        (Beginning(Procedure.FORMING, date(2026, 3, 21)), [], "不能晚于今天"),
        (Beginning(Procedure.FORMING, date(2020, 12, 31)), [], "2021年1月1日"),
    ],
)
def test_a_case_that_may_not_begin_says_why(beginning: Beginning, running: list[Procedure], why: str) -> None:
    with pytest.raises(RefusedError) as refused:
        require_begun(beginning, running, TODAY)
    assert why in refused.value.zh


def note(word: str, day: date, last: str, *, fits: bool = False, today: date = date(2026, 12, 1)) -> None:
    what = until(last)
    new = Happened(Happening(word), day)
    require_noted(on(what[-1].on.isoformat(), what), new, today, begun_on=case().begun_on, fits=fits)


def test_what_fits_is_noted() -> None:
    note("requested", date(2026, 1, 20), "conditions-met", fits=True)


@pytest.mark.parametrize(
    ("word", "day", "last", "why"),
    [
        ("requested", date(2026, 12, 2), "conditions-met", "这一天还没到"),
        ("requested", date(2026, 1, 4), "conditions-met", "2026年1月5日"),
        ("filed", date(2026, 2, 1), "conditions-met", "现在要做的是：建设单位30日内写书面报告"),
        ("voting-opened", date(2026, 4, 11), "notice-given", "通知还没有发齐"),
        ("voting-opened", date(2026, 4, 10), "bodies-informed", "最早2026年4月11日"),
        ("voting-opened", date(2026, 5, 1), "voting-closed", "现在要做的是"),
    ],
)
def test_what_may_not_be_noted_says_what_to_do(word: str, day: date, last: str, why: str) -> None:
    with pytest.raises(RefusedError) as refused:
        note(word, day, last)
    assert why in refused.value.zh
