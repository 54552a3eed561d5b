"""What a profile file may say about the order of procedures: the shipped one with one thing changed is refused for it."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.vote.law.documents import Document, local, national, read
from vote.errors import RefusedError
from vote.law.procedure import Happening, Party, Procedure

DAY = date(2026, 11, 26)
Change = Callable[[Document], None]


def state(document: Document, procedure: str = "forming", name: str = "S03") -> Document:
    found: Document = document["states"][procedure][name][0]
    return found


def test_a_state_says_its_turn_its_exits_and_its_words() -> None:
    found = read(national()).states(Procedure.FORMING, on=DAY)["S03"]
    assert (found.turn, found.exits) == (Party.GROUP, {Happening.ROLL_PUBLISHED: "S04"})
    assert found.tasks == (Happening.GROUP_PUBLISHED, Happening.DOCUMENTS_RECEIVED)
    assert (found.step.zh[:6], found.idle.en[:7]) == ("公布筹备组名", "It goes")


def test_a_place_says_anew_what_differs_and_inherits_the_rest() -> None:
    document = local()
    anew = {**state(national()), "turn": "SUB_DISTRICT", "source": "XX", "article": "1"}
    document["states"] = {"forming": {"S03": [anew]}}
    document["deadlines"] = {"D09": {**national()["deadlines"]["D09"], "zh": "另一句"}}
    profile = read(document)
    assert profile.states(Procedure.FORMING, on=DAY)["S03"].turn is Party.SUB_DISTRICT
    assert profile.states(Procedure.FORMING, on=DAY)["S04"].turn is Party.GROUP
    assert profile.deadline("D09").name.zh == "另一句"
    assert profile.deadline("D15").name.zh == "备案"


def test_a_state_stands_from_its_day_on_and_until_its_last() -> None:
    document = local()
    early = {**state(national()), "source": "XX", "article": "1", "to": "2026-12-31"}
    late = {**state(national()), "source": "XX", "article": "2", "from": "2027-01-01"}
    document["states"] = {"forming": {"S03": [early, late]}}
    profile = read(document)
    articles = [
        profile.states(Procedure.FORMING, on=day)["S03"].citation.article
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert articles == ["1", "2"]
    assert profile.states(Procedure.FORMING, on=date(2020, 12, 31)) == {}


def test_an_unknown_deadline_is_refused() -> None:
    with pytest.raises(RefusedError, match="D01 to D33"):
        read(national()).deadline("D34")


def put(procedure: str, name: str, **fields: object) -> Change:
    return lambda document: state(document, procedure, name).update(fields)


def due(name: str, **fields: object) -> Change:
    return lambda document: document["deadlines"][name].update(fields)


REFUSED: list[tuple[Change, str]] = [
    (put("forming", "S03", turn="KING"), "turn: one of"),
    (put("forming", "S03", exits={"rained": "S04"}), "exits: one of"),
    (put("forming", "S03", exits={"roll-published": "S99"}), "there is no state S99"),
    (put("forming", "S03", exits={"roll-published": "BACK"}), "there is no state BACK"),
    (put("forming", "S03", exits={"roll-published": "x"}), "another form"),
    (put("forming", "S03", exits=[]), "an object is expected"),
    (put("forming", "S03", tasks=["rained"]), "tasks: one of"),
    (put("forming", "S03", deadlines=["D99"]), "there is no deadline D99"),
    (put("forming", "S03", deadlines=["x"]), "another form"),
    (put("forming", "S03", over={"under": "x"}), "over"),
    (put("forming", "S90", over={"after": "never"}), "over: one of"),
    (put("forming", "S03", zh=" "), "words are needed"),
    (put("forming", "S03", idle={"zh": "", "en": "x"}), "words are needed"),
    (put("forming", "S03", mark="X"), "mark: one of"),
    (put("forming", "S03", source="NOWHERE"), "not in the profile"),
    (put("forming", "S03", colour="red"), "colour"),
    (due("D09", period="nothing.within"), "there is no parameter"),
    (due("D12", least="nothing"), "there is no parameter"),
    (due("D09", who="KING"), "who: one of"),
    (due("D09", trigger="rained"), "trigger: one of"),
    (due("D09", direction="UP"), "direction: one of"),
    (due("D09", missed={"zh": "", "en": ""}), "words are needed"),
    (lambda document: document["deadlines"].pop("D33"), "D01 to D33 are expected"),
    (lambda document: document["deadlines"].update(X1={}), "another form"),
    (lambda document: document["states"].pop("recall"), "every procedure are expected"),
    (lambda document: document["states"].update(party={}), "one of"),
    (lambda document: document["states"]["forming"].update(T1=[]), "another form"),
    (lambda document: document.pop("states"), "stand in every version from"),
    (lambda document: document.update(version="2026-11-25"), "in none before"),
]


@pytest.mark.parametrize(("change", "why"), REFUSED)
def test_what_leads_nowhere_or_is_unknown_is_refused(change: Change, why: str) -> None:
    document = national()
    change(document)
    with pytest.raises(RefusedError, match=why):
        read(document)
