"""Writes the working of a decision: each inequality with its numbers, whether it holds, and its article.

 * What is compared is exactly what is written: whole numbers, cross-multiplied.
 * Area is written in m2 with two decimals in words and in dm2 (0.01 m2) in the inequality.

Not here: deciding (`question.py`, `selection.py`, `silence.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vote.law.citation import Citation, Text
from vote.law.majority import Both
from vote.law.measure import Measure, Share


class Check(StrEnum):
    """What an inequality is about: which part, of which whole."""

    QUORUM = "quorum"
    APPROVAL = "approval"
    REJECTION = "rejection"
    FLOOR = "floor"


class Kind(StrEnum):
    """Which of the two measures is compared."""

    HEADS = "heads"
    AREA = "area"


_PART: Mapping[Check, Text] = {
    Check.QUORUM: Text("参与表决", "taking part"),
    Check.APPROVAL: Text("同意", "in favour"),
    Check.REJECTION: Text("反对", "against"),
    Check.FLOOR: Text("已投票中的多数", "in the majority already cast"),
}
_WHOLE: Mapping[Check, Text] = {
    Check.QUORUM: Text("全体", "all owners"),
    Check.APPROVAL: Text("参与表决", "those taking part"),
    Check.REJECTION: Text("参与表决", "those taking part"),
    Check.FLOOR: Text("全体", "all owners"),
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """What has to hold on both measures, and where it stands."""

    check: Check
    both: Both
    citation: Citation


@dataclass(frozen=True, slots=True)
class Line:
    """One inequality: `part · denominator` against `whole · numerator`."""

    check: Check
    kind: Kind
    share: Share
    part: int
    whole: int
    citation: Citation

    @property
    def left(self) -> int:
        """The part, multiplied."""
        return self.part * self.share.denominator

    @property
    def right(self) -> int:
        """The whole, multiplied."""
        return self.whole * self.share.numerator

    @property
    def met(self) -> bool:
        """Whether it holds."""
        return self.share.met(self.part, self.whole)

    @property
    def text(self) -> Text:
        """The inequality as a sentence."""
        share, sign = f"{self.share.numerator}/{self.share.denominator}", ">" if self.share.strict else "≥"
        sum_ = f"{self.part}×{self.share.denominator} {sign} {self.whole}×{self.share.numerator}"
        result = f"{self.left} {sign} {self.right}"
        part, whole, law = _PART[self.check], _WHOLE[self.check], self.citation.text
        need = Text(f"须过{share}", f"more than {share} is needed")
        if not self.share.strict:
            need = Text(f"须达{share}以上", f"at least {share} is needed")
        if self.kind is Kind.HEADS:
            zh = f"{part.zh}人数{self.part}人，{whole.zh}{self.whole}人，"
            en = f"Heads {part.en} {self.part}, of {whole.en} {self.whole}; "
        else:
            zh = f"{part.zh}面积{square_metres(self.part)}平方米，{whole.zh}{square_metres(self.whole)}平方米，"
            en = f"Area {part.en} {square_metres(self.part)} m2, of {whole.en} {square_metres(self.whole)} m2; "
        return Text(
            f"{zh}{need.zh}：{sum_}，即{result}，{'成立' if self.met else '不成立'}（{law.zh}）",
            f"{en}{need.en}: {sum_}, that is {result}: {'met' if self.met else 'not met'} ({law.en})",
        )


def compare(requirement: Requirement, part: Measure, whole: Measure) -> tuple[Line, Line]:
    """Write both inequalities of a requirement, heads first."""
    both, check, citation = requirement.both, requirement.check, requirement.citation
    return (
        Line(check, Kind.HEADS, both.heads, part.heads, whole.heads, citation),
        Line(check, Kind.AREA, both.area, part.area_dm2, whole.area_dm2, citation),
    )


def square_metres(area_dm2: int) -> str:
    """Write an area of dm2 (0.01 m2) in m2 with two decimals."""
    return f"{area_dm2 // 100}.{area_dm2 % 100:02d}"
