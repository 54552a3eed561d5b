"""Says what was verified, step by step, and what was not: for people in two languages, and for programs.

 * Steps have fixed numbers. The first that fails ends the verification; what could not be checked is skipped and says why.
 * A trouble is one sentence that names the place; the Chinese one says it without the machinery's words.

Not here: the checks (`rules`), their order (`service`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from vote.law.citation import Text


class Step(IntEnum):
    """What is checked, in this order."""

    FILES = 1
    ARCHIVE = 2
    SETUP = 3
    MANIFEST = 4
    WEIGHTS = 5
    ROLL = 6
    CREDENTIAL_PARTS = 7
    CHANGES = 8
    BALLOTS = 9
    BOX = 10
    CHECK = 11
    SUM = 12
    SHARES = 13
    RESULT = 14
    COUNTS = 15
    FINDING = 16
    CERTIFICATE = 17
    RECEIPTS = 18
    LOG_SIGNED = 19
    LOG_CONTINUED = 20
    LOG_ENTRIES = 21
    LOG_ELECTION = 22
    LOG_RECEIPTS = 23
    ESTATE_LOGS = 24
    ESTATE_RECORDS = 25
    ESTATE_BOOK = 26
    ESTATE_ELECTIONS = 27
    ESTATE_INQUIRIES = 28
    ESTATE_INTERESTS = 29
    ESTATE_PETITIONS = 30


STEP_TEXT: Mapping[Step, Text] = {
    Step.FILES: Text("文件齐全", "the files are there"),
    Step.ARCHIVE: Text("归档的字节和次序", "bytes and order of the archive"),
    Step.SETUP: Text("开箱人的钥匙和凭证名单", "the trustees' keys and the list of credentials"),
    Step.MANIFEST: Text("封存的表决方案", "the sealed manifest"),
    Step.WEIGHTS: Text("每份计票权的人数和面积", "heads and area of each credential"),
    Step.ROLL: Text("业主清册", "the roll"),
    Step.CREDENTIAL_PARTS: Text("每把投票钥匙的两半", "both parts of each voting key"),
    Step.CHANGES: Text("封存以后的变更", "changes after sealing"),
    Step.BALLOTS: Text("逐张核对选票", "each ballot"),
    Step.BOX: Text("票箱清单", "the list of the box"),
    Step.CHECK: Text("开箱前的核对", "the check before counting"),
    Step.SUM: Text("密封的总和", "the sealed sum"),
    Step.SHARES: Text("开箱人的份额", "the trustees' shares"),
    Step.RESULT: Text("开出的总数", "the opened totals"),
    Step.COUNTS: Text("人数和面积相符", "heads and area agree"),
    Step.FINDING: Text("依法得出的结果", "the outcome by law"),
    Step.CERTIFICATE: Text("证书", "the certificate"),
    Step.RECEIPTS: Text("回执", "receipts"),
    Step.LOG_SIGNED: Text("公开日志的签名和旁证", "the signatures of the public log and its witnesses"),
    Step.LOG_CONTINUED: Text("日志和上次看到的相接", "the log continues what was seen before"),
    Step.LOG_ENTRIES: Text("日志的每个文件和每条记录", "each file and entry of the log"),
    Step.LOG_ELECTION: Text("日志与这次投票相符", "the log tells what the files of the election say"),
    Step.LOG_RECEIPTS: Text("收录凭证", "receipts of the log"),
    Step.ESTATE_LOGS: Text("换过的日志前后相接", "each further log continues the one before"),
    Step.ESTATE_RECORDS: Text("业委会公开的每份记录和附件", "each record of the committee and its attachments"),
    Step.ESTATE_BOOK: Text("每一笔账", "each posting of the books"),
    Step.ESTATE_ELECTIONS: Text("小区的每次投票", "each election of the estate"),
    Step.ESTATE_INQUIRIES: Text("业主的每条询问和答复", "each inquiry of an owner and its answer"),
    Step.ESTATE_INTERESTS: Text("公布的每条利害关系", "each published tie of a member"),
    Step.ESTATE_PETITIONS: Text("每份业主联名", "each petition of owners"),
}
"""The name of each step."""

FAILURE_ZH: Mapping[Step, str] = {
    Step.FILES: "文件不齐或有多余",
    Step.ARCHIVE: "归档被改动，或次序不对",
    Step.SETUP: "开箱人的钥匙或凭证名单不成立",
    Step.MANIFEST: "表决方案与归档不一致",
    Step.WEIGHTS: "计票权的人数或面积不对",
    Step.ROLL: "业主清册与表决方案不一致",
    Step.CREDENTIAL_PARTS: "投票钥匙的两半对不上",
    Step.CHANGES: "有封存的规则不允许的变更",
    Step.BALLOTS: "有选票不成立",
    Step.BOX: "归档里的票不是票箱清单上的票",
    Step.CHECK: "开箱前的核对与公布的内容不一致",
    Step.SUM: "密封的总和不是有效选票之和",
    Step.SHARES: "开箱人的份额证明文件不成立",
    Step.RESULT: "公布的总数不是选票开出的总数",
    Step.COUNTS: "人数与面积对不上",
    Step.FINDING: "公布的结果与依法计算的不同",
    Step.CERTIFICATE: "证书与公布的内容不一致，或签名不成立",
    Step.RECEIPTS: "有回执不成立，或回执上的票不在归档里",
    Step.LOG_SIGNED: "公开日志没有应有的签名或旁证",
    Step.LOG_CONTINUED: "公开日志改动了以前给人看过的内容",
    Step.LOG_ENTRIES: "公开日志的文件被改动，或有不成立的记录",
    Step.LOG_ELECTION: "公开日志与这次投票的文件不一致",
    Step.LOG_RECEIPTS: "有收录凭证不成立",
    Step.ESTATE_LOGS: "换过的日志和原来的接不上",
    Step.ESTATE_RECORDS: "有公开记录或附件与日志不一致",
    Step.ESTATE_BOOK: "账目与日志不一致，或者不平",
    Step.ESTATE_ELECTIONS: "有一次投票不成立，或与日志不一致",
    Step.ESTATE_INQUIRIES: "有询问或答复与日志不一致",
    Step.ESTATE_INTERESTS: "有公布的利害关系与日志不一致",
    Step.ESTATE_PETITIONS: "有业主联名与日志不一致",
}
"""What went wrong, if a step fails."""


class Status(StrEnum):
    """How a step ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """How a verification ended."""

    VERIFIED = "verified"
    REJECTED = "rejected"
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one step."""

    step: Step
    status: Status
    detail: Text


@dataclass(frozen=True, slots=True)
class Report:
    """A whole verification."""

    verdict: Verdict
    lines: tuple[Line, ...] = ()
    warnings: tuple[Text, ...] = ()
    trouble: Text | None = None
    facts: Mapping[str, Any] | None = None
    """Numbers that were verified, by name; JSON values."""

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs: sentences are English, and Chinese where `_zh` says so."""
        return {
            "verdict": str(self.verdict),
            "steps": [
                {
                    "number": int(line.step),
                    "name": STEP_TEXT[line.step]._asdict(),
                    "status": str(line.status),
                    "detail": line.detail._asdict(),
                }
                for line in self.lines
            ],
            "warnings": [warning.en for warning in self.warnings],
            "warnings_zh": [warning.zh for warning in self.warnings],
            "trouble": self.trouble.en if self.trouble else None,
            "trouble_zh": self.trouble.zh if self.trouble else None,
            "facts": dict(self.facts or {}),
        }


def trouble_of(step: Step, sentence: str) -> Text:
    """Return what a failed step is said to be: the sentence of the check, and the same for people who read Chinese."""
    number = f"第{int(step)}项“{STEP_TEXT[step].zh}”"
    place = "，".join((number, *_places(sentence)))
    return Text(f"{FAILURE_ZH[step]}（{place}）", sentence)


_FILE = (
    r"(?:(?:manifest|papers|roll-public|parts|changes|box|set-aside|disputes|check|result|share-proofs|certificate)\.json"
    r"|certificate\.pdf)"
)
_PLACES = (
    (re.compile(r"\bevent (\d+) \(Ballot\)"), "第{0}张票"),
    (re.compile(r"\bevent (\d+)(?! \(Ballot\))"), "归档第{0}个事件"),
    (re.compile(r"\bmember (\d+)"), "归档第{0}个成员"),
    (re.compile(r"\bcredential (\d+) of the list"), "名单第{0}行"),
    (re.compile(r"\bcredential (\d+) of the parts"), "第{0}把钥匙"),
    (re.compile(r"\bchange (\d+)"), "第{0}项变更"),
    (re.compile(r"\b(?:box|set-aside)\.json, ballot (\d+)"), "清单第{0}张票"),
    (re.compile(r"\bpapers\.json, paper (\d+)"), "第{0}份材料"),
    (re.compile(r"\bdispute (\d+)"), "第{0}件争议"),
    (re.compile(r"\bentitlement (\d+)"), "第{0}份计票权"),
    (re.compile(r"\btrustee (\d+)"), "第{0}位开箱人"),
    (re.compile(r"\bquestion (\d+)"), "第{0}题"),
    (re.compile(r"\b(?:answer|choice) (\d+)"), "第{0}个选项"),
    (re.compile(r"\bentry (\d+)"), "日志第{0}条"),
    (re.compile(r"\belections/(\w+)"), "投票{0}"),
    (re.compile(r"\brecord ([1-9A-HJ-NP-Za-km-z]{14,64})"), "记录{0}"),
    (re.compile(r"\bposting (\d+)"), "第{0}笔账"),
    (re.compile(r"\b(tile/[x0-9a-z./]*[0-9]|anchors/[0-9]+\.[a-z]+|checkpoint|policy)\b"), "{0}"),
    (re.compile(rf"\b({_FILE}|receipts/[^:]+|[\w-]+\.bel)\b"), "{0}"),
)


def _places(sentence: str) -> list[str]:
    """Return the places that a sentence names, each once, in Chinese."""
    return [words.format(match[1]) for pattern, words in _PLACES if (match := pattern.search(sentence))]
