"""Says what a reading of a roll came to: figures, findings row by row, things to look at. Names are masked throughout.

 * The keys of the figures are fixed: programs read them.
 * Every sheet row is in the sum of `rows`; each row that was not simply accepted has a finding.

Follows rulebook §5.5. Not here: the words for each reason (`why`).
"""

from collections.abc import Iterator
from typing import Any

from vote.roll.area import AreaSource, write_area
from vote.roll.columns import TITLES
from vote.roll.rules import Finding, RollReading
from vote.roll.why import DONE, NOT_COUNTED, ZH, Outcome, Why

FIGURES_ZH = {
    "units": "计票房屋（套）",
    "entitlements": "计票权（个）",
    "area_dm2": "专有部分总面积",
    "developer_units": "建设单位房屋（套）",
    "developer_area_dm2": "建设单位面积",
    "excluded_rows": "不计票的行（车位、储藏间等）",
    "excluded_area_dm2": "不计票的面积",
    "rejected_rows": "退回的行",
    "duplicate_rows": "重复的行",
    "co_owner_rows_merged": "并入的共有人行",
    "owners_with_several_units": "有多套房的业主",
    "area_from_survey": "用实测面积的房屋",
    "area_from_contract": "用合同面积的房屋",
}
"""What the figures are called, in the order in which they are shown."""
OUTCOMES_ZH = {
    Outcome.ACCEPTED: "采用",
    Outcome.CHANGED: "调整",
    Outcome.EXCLUDED: "不计票",
    Outcome.REJECTED: "退回",
    Outcome.IGNORED: "非数据行",
}
"""What became of a row, in Chinese."""


def figures(reading: RollReading) -> dict[str, int]:
    """Return the figures of a roll; areas in dm2."""
    own = [entitlement for entitlement in reading.entitlements if not entitlement.developer]
    developers = [unit for unit in reading.units if unit.developer]
    excluded = [finding for finding in reading.findings if finding.outcome is Outcome.EXCLUDED]
    return {
        "units": len(reading.units),
        "entitlements": len(reading.entitlements),
        "area_dm2": sum(unit.area_dm2 for unit in reading.units),
        "developer_units": len(developers),
        "developer_area_dm2": sum(unit.area_dm2 for unit in developers),
        "excluded_rows": len(excluded),
        "excluded_area_dm2": sum(finding.area_dm2 or 0 for finding in excluded),
        "rejected_rows": reading.count(Outcome.REJECTED),
        "duplicate_rows": reading.count(Outcome.CHANGED, Why.DUPLICATE),
        "co_owner_rows_merged": reading.count(Outcome.CHANGED, Why.CO_OWNER),
        "owners_with_several_units": sum(len(entitlement.units) > 1 for entitlement in own),
        "area_from_survey": sum(unit.area_source is AreaSource.SURVEY for unit in reading.units),
        "area_from_contract": sum(unit.area_source is AreaSource.CONTRACT for unit in reading.units),
    }


def as_json(reading: RollReading) -> dict[str, Any]:
    """Return the whole report for programs: the figures at top level, then rows, findings and warnings."""
    rejected = {why for finding in reading.findings if finding.outcome is Outcome.REJECTED for why in finding.whys}
    header = reading.header
    return {
        "sheet": header.sheet.name,
        "header_row": header.last_row + 1,
        "columns": {
            column.value: [header.texts[position] for position in positions]
            for column, positions in header.columns.items()
        },
        **figures(reading),
        "rejected_reasons": [why.value for why in Why if why in rejected],
        "rows": count_rows(reading),
        "findings": [_finding(finding) for finding in told_findings(reading)],
        "ignored": [
            {"row": finding.row, "reason": finding.whys[0].value, "reason_zh": ZH[finding.whys[0]]}
            for finding in reading.findings
            if finding.outcome is Outcome.IGNORED
        ],
        "warnings": [
            {"reason": why.value, "reason_zh": ZH[why], "rows": list(rows)} for why, rows in reading.warnings.items()
        ],
    }


def count_rows(reading: RollReading) -> dict[str, int]:
    """Return how many rows the sheet has and how they ended; the parts add up to `total`."""
    duplicates = reading.count(Outcome.CHANGED, Why.DUPLICATE)
    co_owners = reading.count(Outcome.CHANGED, Why.CO_OWNER)
    return {
        "total": len(reading.header.sheet.rows),
        "accepted": reading.accepted_rows,
        "changed": reading.count(Outcome.CHANGED) - duplicates - co_owners,
        "duplicate": duplicates,
        "co_owner": co_owners,
        "excluded": reading.count(Outcome.EXCLUDED),
        "rejected": reading.count(Outcome.REJECTED),
        "ignored": reading.count(Outcome.IGNORED),
    }


def told_findings(reading: RollReading) -> Iterator[Finding]:
    """Iterate over the findings about data rows, in the order of the sheet."""
    return (finding for finding in reading.findings if finding.outcome is not Outcome.IGNORED)


def reasons(finding: Finding) -> tuple[str, str]:
    """Return why a row ended so, in English and Chinese."""
    return "; ".join(finding.whys), "；".join(ZH[why] for why in finding.whys)


def done(finding: Finding) -> tuple[str, str]:
    """Return what was done about a row, in English and Chinese."""
    if finding.outcome is not Outcome.CHANGED:
        english, chinese = [NOT_COUNTED[0]], [NOT_COUNTED[1]]
    else:
        area = "" if finding.area_dm2 is None else write_area(finding.area_dm2)
        pairs = [DONE[why] for why in finding.whys]
        english = [words.format(place=finding.place, area=area) for words, _ in pairs]
        chinese = [words.format(place=finding.place, area=area) for _, words in pairs]
    if finding.other_row is not None:
        english.append(f"see row {finding.other_row}")
        chinese.append(f"见第{finding.other_row}行")
    return "; ".join(english), "；".join(chinese)


def columns_zh(reading: RollReading) -> str:
    """Return which header was taken for which column, for the clerk to check."""
    header = reading.header
    return "，".join(
        f"{TITLES[column]}＝{'、'.join(header.texts[position] for position in positions)}"
        for column, positions in header.columns.items()
    )


def _finding(finding: Finding) -> dict[str, Any]:
    reason, reason_zh = reasons(finding)
    action, action_zh = done(finding)
    told: dict[str, Any] = {
        "row": finding.row,
        "outcome": finding.outcome.value,
        "reason": reason,
        "reason_zh": reason_zh,
        "done": action,
        "done_zh": action_zh,
        "place": finding.place,
        "owner": finding.masked_owner,
    }
    if finding.area_dm2 is not None:
        told["area_dm2"] = finding.area_dm2
    if finding.other_row is not None:
        told["other_row"] = finding.other_row
    return told
