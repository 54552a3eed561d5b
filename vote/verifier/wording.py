"""Says what was found, in Chinese and English: numbers beside the names of steps."""

from collections.abc import Sequence

from crypto.archive import Archive
from crypto.audit import AuditedShares
from vote.election.change import Change, Prolonged, Withdrawn, effects_of
from vote.election.packing import Measures
from vote.law.citation import Text
from vote.roll.area import write_area


def measures_text(measures: Measures) -> Text:
    """Return heads and area."""
    area = write_area(measures.area_dm2)
    return Text(f"{measures.heads}人，{area}平方米", f"{measures.heads} heads, {area} m²")


def shares_text(archive: Archive, shares: AuditedShares) -> Text:
    """Return how many shares there are, and whose are good."""
    good = "、".join(map(str, sorted(shares.good))) or "无"
    return Text(
        f"{len(archive.shares)}份，有效的是第{good}位的",
        f"{len(archive.shares)}, good are those of trustees {sorted(shares.good)}",
    )


def changes_text(changes: Sequence[Change]) -> Text:
    """Return what was changed after sealing."""
    if not changes:
        return Text("没有变更", "there are none")
    extended = sum(isinstance(each, Prolonged) for each in changes)
    withdrawn = sum(isinstance(each, Withdrawn) for each in changes)
    heads, area_dm2 = effects_of(changes).correction
    area = ("-" if area_dm2 < 0 else "+") + write_area(abs(area_dm2))
    return Text(
        f"延长{extended}次，{withdrawn}位候选人退出，业主总数更正{heads:+}人、{area}平方米",
        f"{extended} extensions, {withdrawn} candidates withdrew, the electorate is corrected by {heads:+} heads, {area} m²",
    )


def quorum_text(*, met: bool) -> Text:
    """Return whether enough took part."""
    if met:
        return Text("参加的达到法定人数和面积", "there is a quorum")
    return Text("参加的没有达到法定人数和面积", "there is no quorum")


def disclosure_text(permyriad: int, *, exact: bool, recomputed: bool) -> Text:
    """Return how likely the totals give a choice away.

    Args:
        permyriad: in hundredths of a percent.
        exact: whether that is the share, or no more than it.
        recomputed: whether it was computed again.
    """
    share = f"{permyriad // 100}.{permyriad % 100:02}%"
    bound = Text("", "") if exact else Text("至多", "at most ")
    again = Text("重新算过", "computed again") if recomputed else Text("没有重新算", "not computed again")
    return Text(
        f"从总数推得出某一户怎么投的可能{bound.zh}{share}，{again.zh}",
        f"totals would give a choice away in {bound.en}{share} of outcomes, {again.en}",
    )
