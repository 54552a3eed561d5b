"""Writes one question of a certificate in Chinese: what was asked, what came of it, by how much, and how firmly.

Not here: everything else on the sheet (`wording.py`).
"""

from typing import Any

from vote.certificate.parts import Choice, Margin, Measures, Portion, Question, Requirement
from vote.certificate.spelling import articles_zh, breakable, heads, least, percent, share_zh, square_metres
from vote.election.ask import YES, AskKind
from vote.law.measure import Share, decode_share
from vote.law.question import Outcome
from vote.law.selection import Election as Fate

OUTCOMES = {
    Outcome.ADOPTED: "通过",
    Outcome.REJECTED: "否决",
    Outcome.NO_DECISION: "没有形成决定",
    Outcome.QUORUM_NOT_MET: "参加的不够，没有形成决定",
}
_WHY = {
    Outcome.ADOPTED: "同意的人数和面积都达到了要求。",
    Outcome.REJECTED: "反对的人数和面积都过了半数。",
    Outcome.NO_DECISION: "同意的没有达到要求，反对的也没有过半数。这不等于大家反对。",
    Outcome.QUORUM_NOT_MET: "参加的人数或面积没有达到要求，这一题不作决定。这不等于大家反对。",
}
_FATES = {
    Fate.ELECTED: "当选",
    Fate.ALTERNATE: "候补",
    Fate.NOT_ELECTED: "未当选",
    Fate.TIE: "票数相同，待定",
}
_CHECKS = {"quorum": "参加投票", "approval": "同意", "rejection": "反对", "rank": "排名"}
_KINDS = {"heads": "人数", "area": "面积"}


def question_view(question: Question, cast: Portion, withdrawn: frozenset[str]) -> dict[str, Any]:
    """Return the texts of a question.

    Args:
        question: of the certificate.
        cast: who took part.
        withdrawn: the candidates of this question who withdrew.
    """
    return {
        "number": f"第{question.number}题",
        "text": breakable(question.text),
        "matter": f"事项：{question.matter_title}",
        "rule": rule_zh(question.requirement),
        "outcome": outcome_zh(question),
        "why": _why(question),
        "effect": _effect(question),
        "candidates": question.kind == AskKind.ELECTION,
        "choices": [_choice(each, withdrawn) for each in question.choices],
        "needed": needed_view(question.requirement, cast.heads, cast.area_dm2),
        "margins": [_margin(each) for each in question.margins],
        "stands": _stands(question),
        "paper": _paper(question),
    }


def rule_zh(requirement: Requirement) -> str:
    """Return a rule in its own words, with where it stands."""
    return f"{requirement.rule}（{articles_zh(requirement.articles)}）"


def needed_view(requirement: Requirement, all_heads: int, all_area_dm2: int) -> dict[str, str]:
    """Return how many owners and how much area are needed, at least."""
    by_heads, by_area = _shares(requirement)
    return {
        "heads": heads(least(by_heads, all_heads)),
        "heads_share": share_zh(by_heads),
        "area": square_metres(least(by_area, all_area_dm2)),
        "area_share": share_zh(by_area),
    }


def is_met(requirement: Requirement, part: Measures | Portion, whole: Measures | Portion) -> bool:
    """Whether a part of a whole is enough, by heads and by area."""
    by_heads, by_area = _shares(requirement)
    return by_heads.met(part.heads, whole.heads) and by_area.met(part.area_dm2, whole.area_dm2)


def outcome_zh(question: Question) -> list[str]:
    """Return what came of a question, a line each."""
    if question.kind == AskKind.MOTION or question.outcome == Outcome.QUORUM_NOT_MET:
        return [OUTCOMES[Outcome(question.outcome)]]
    named = {fate: [each.text for each in question.choices if each.fate == fate] for fate in Fate}
    lines = [
        f"当选{len(named[Fate.ELECTED])}人：{'、'.join(named[Fate.ELECTED])}" if named[Fate.ELECTED] else "没有人当选"
    ]
    if named[Fate.ALTERNATE]:
        lines.append(f"候补{len(named[Fate.ALTERNATE])}人：{'、'.join(named[Fate.ALTERNATE])}")
    if named[Fate.TIE]:
        lines.append(f"票数相同，待定：{'、'.join(named[Fate.TIE])}")
    return [breakable(each) for each in lines]


def warning_zh(question: Question) -> str:
    """Return why an outcome does not count as it stands, if so."""
    if not question.stands:
        return "有争议的票可能改变结果，应当重新表决"
    idle = question.takes_effect is False and question.outcome == Outcome.ADOPTED
    return _effect(question).removesuffix("。") if idle else ""


def _why(question: Question) -> str:
    if question.kind == AskKind.MOTION or question.outcome == Outcome.QUORUM_NOT_MET:
        return _WHY[Outcome(question.outcome)]
    text = f"应选{question.seats}人；过半数同意的才能当选，按人数排名，人数相同的看面积。"
    if question.open_seats:
        text += f"空缺{question.open_seats}个名额：没有别的候选人过半数。"
    if question.tied_seats:
        text += f"有{question.tied_seats}个名额因票数相同没有定下来。"
    return text


def _effect(question: Question) -> str:
    if question.takes_effect is None:
        return ""
    names = "、".join(f"第{each}题" for each in question.depends_on)
    if question.takes_effect:
        return f"{names}已通过，这一题的结果生效。"
    return f"{names}没有通过，这一题的结果不生效。"


def _choice(choice: Choice, withdrawn: frozenset[str]) -> dict[str, Any]:
    votes = choice.votes
    fate = _FATES[Fate(choice.fate)] if choice.fate else ""
    return {
        "text": breakable(choice.text),
        "strong": choice.text == YES or choice.fate == Fate.ELECTED,
        "heads": heads(votes.heads),
        "heads_share": percent(votes.heads_permyriad),
        "area": square_metres(votes.area_dm2),
        "area_share": percent(votes.area_permyriad),
        "fate": f"已退出，{fate}" if choice.text in withdrawn else fate,
    }


def _margin(margin: Margin) -> dict[str, str]:
    def amount(number: int) -> str:
        return f"{heads(number)}人" if margin.measure == "heads" else f"{square_metres(number)}平方米"

    subject = f"{margin.subject}，" if margin.subject else ""
    return {
        "what": breakable(f"{subject}{_CHECKS[margin.check]}的{_KINDS[margin.measure]}"),
        "spare": amount(margin.spare),
        "contested": amount(margin.contested),
    }


def _stands(question: Question) -> str:
    if question.stands:
        return "有争议的票不论怎么投，结果都不变。"
    return "有争议的票可能改变结果：这一题应当重新表决。"


def _paper(question: Question) -> str:
    if question.without_paper is None:
        return "没有纸质票。"
    return "不算纸质票，结果也不变。" if question.without_paper else "不算纸质票，结果会不同。"


def _shares(requirement: Requirement) -> tuple[Share, Share]:
    return decode_share(requirement.heads, "heads"), decode_share(requirement.area, "area")
