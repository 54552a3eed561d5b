"""Takes the articles that a paper prints from the rules of the place, with their words.

 * What only this software says is no article and is not printed as one.
 * An article that was not read in the statute itself says so on the paper.

Follows rulebook §10.3, §6 (source of each form).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from vote.document.layout import Rule
from vote.law.citation import MARK_TEXT, Citation
from vote.law.profile import Profile, Value

_OURS = "DESIGN"
"""The source of what no text says."""
_FINES: Mapping[str, Rule] = {
    "JX": Rule(
        "《嘉兴市住宅物业管理条例》第34条",
        "物业服务人不按第11条移交资料的，罚款幅度为1万元以上10万元以下，由主管部门依法决定。",
    ),
}
"""By the source that demands the documents: the fine for keeping them back."""


def rules_of(profile: Profile, names: Iterable[str], *, on: date) -> tuple[Rule, ...]:
    """Return the articles of parameters as they stand on a day, each article once.

    Args:
        profile: the rules of the place.
        names: parameters, as in `meeting_notice`; those on which no text says anything are left out.
        on: the paper's day.

    Raises:
        RefusedError: there is no such parameter, or the day lies before the Civil Code.
    """
    values = (profile.value(name, on=on) for name in names)
    return tuple(dict.fromkeys(_rule(value) for value in values if value.entry.citation.source.code != _OURS))


def fine_of(profile: Profile, *, on: date) -> Rule | None:
    """Return the fine for a manager that keeps the documents back, or nothing where the place has none.

    Raises:
        RefusedError: the day lies before the Civil Code.
    """
    return _FINES.get(profile.value("group_documents", on=on).entry.citation.source.code)


def _rule(value: Value) -> Rule:
    cited = "、".join(_zh(each) for each in value.citations if each.source.code != _OURS)
    return Rule(cited if value.confirmed else f"{cited}（{MARK_TEXT[value.entry.mark].zh}）", value.entry.text.zh)


def _zh(citation: Citation) -> str:
    return citation.text.zh
