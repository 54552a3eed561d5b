"""A made-up committee over HTTP: it publishes what it did in a year, keeps its books, is asked, and owes something.

It knows what a committee and staff know: the forms' data, the files, the public pages, and for signers the office's card.
"""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pyrage  # type: ignore[import-untyped]

from vote.clock import CHINA
from vote.demo.clerk import Clerk
from vote.demo.year import GARDENER, GARDENER_CODE, MEMBERS, NewEntry, NewRecord, opening, plan_year, unkept_promise

ANSWER_DAYS = 30
"""The office sets the day where no article does."""
KEPT = timedelta(days=45)
"""So long ago the office began to write down what the committee owes."""
ANSWER = "每一笔广告费都在收支账本里，点开可以看到凭证；全年合计见公示表。"
BATCH = 200
"""Entries in the books handed in at once."""


@dataclass(frozen=True, slots=True)
class Committee:
    """The committee of the demonstration, and the staff who help it."""

    clerk: Clerk
    tell: Callable[[str], None]

    @property
    def _api(self) -> str:
        return f"/api/estates/{self.clerk.place.estate}"

    @property
    def _pages(self) -> str:
        return f"/estates/{self.clerk.place.estate}"

    def make_card(self) -> str:
        """Make the card of the office that checks signers; return the private half, which stays with the office."""
        card = pyrage.x25519.Identity.generate()
        self.clerk.send("POST", f"{self._api}/petition-card", {"recipient": str(card.to_public())})
        return str(card)

    def live_a_year(self, seed: int) -> None:
        """Publish what the committee did in the last twelve months; a part is corrected, a part hidden by law."""
        today = datetime.now(CHINA).date()
        months = plan_year(today, seed)
        self.clerk.send("POST", f"{self._api}/duties/keeping", {"since": (today - KEPT).isoformat(), "managed": True})
        decision, published, entered = "", 0, 0
        for month in months:
            for record in sorted(month.records, key=lambda record: str(record.values["day"])):
                uuid = self._publish(record)
                published += 1
                if record.kind == "handover":
                    entered += self._enter([opening(months[0].first)], uuid, "")
                if record.values["title"].startswith("业主大会会议"):
                    decision = uuid
                if record.kind == "income":
                    entered += self._enter(month.entries, uuid, decision)
        self.tell(f"业委会一年：公布 {published} 份记录，记账 {entered} 笔")
        self._correct_and_hide()
        self._declare()

    def serve_petition(self, petition: str, card: str) -> None:
        """Open and check the signers with the office's card, and serve the petition on the committee.

        Raises:
            RuntimeError: a signer cannot be opened, or the share is not reached.
        """
        path = f"{self._api}/petitions/{petition}"
        lines = self.clerk.send("GET", f"{path}/signers")["signers"]
        identity = pyrage.x25519.Identity.from_str(card)
        for each in lines:
            json.loads(pyrage.decrypt(base64.b64decode(each["sealed"]), [identity]))
        due = datetime.now(CHINA).date() + timedelta(days=ANSWER_DAYS)
        checked = {"seen": [each["line"] for each in lines], "strikes": [], "due_on": due.isoformat()}
        found = self.clerk.send("POST", f"{path}/check", checked)
        if not found["served"]:
            raise RuntimeError("the petition's share is not reached")
        self.tell(f"联名：{len(lines)} 位业主签名，街道逐一核对，已送达业委会")

    def break_promise(self) -> str:
        """Do all that was promised for a day by now but one thing; return the name of the duty of which nothing is heard."""
        today = datetime.now(CHINA).date()
        broken = f"promise:{self._publish(unkept_promise(today))}"
        for duty in self.clerk.send("GET", f"{self._api}/duties")["duties"]:
            if duty["act"] != "promise" or duty["due"] >= today.isoformat() or duty["duty"] == broken:
                continue
            done = self._publish(
                NewRecord("notice", _notice(today, "完工结算公告", "约定的事已经办完并验收，结算见收支账本。"))
            )
            self.clerk.send("POST", f"{self._api}/duties/fulfilments", {"record": done, "duty": duty["duty"]})
        return broken

    def answer(self, inquiry: str) -> None:
        """Answer what an owner asked.

        Args:
            inquiry: its number.
        """
        self.clerk.send("POST", f"{self._api}/inquiries/{inquiry}/answer", {"answer": ANSWER, "looked": True})

    def _publish(self, record: NewRecord, supersedes: str | None = None) -> str:
        files = [{"name": name, "content": base64.b64encode(data).decode()} for name, data in record.files]
        body: dict[str, Any] = {"kind": record.kind, "values": record.values, "files": files, "supersedes": supersedes}
        return str(self.clerk.send("POST", f"{self._api}/records", body)["record"])

    def _enter(self, entries: Sequence[NewEntry], voucher: str, decision: str) -> int:
        postings = [_posting(entry, voucher, decision) for entry in entries]
        for at in range(0, len(postings), BATCH):
            self.clerk.send("POST", f"{self._api}/book/postings", {"postings": postings[at : at + BATCH]})
        return len(postings)

    def _correct_and_hide(self) -> None:
        today = datetime.now(CHINA).date()
        wrong = NewRecord("notice", _notice(today, "维修资金续缴说明", "请到物业前台咨询，工作日上午九点到十一点。"))
        right = NewRecord("notice", _notice(today, "维修资金续缴说明", "请到小区会议室咨询，工作日上午九点到十一点。"))
        first = self._publish(wrong)
        self._publish(right, supersedes=first)
        for title in ("关于漏水赔偿的说明", "关于车位纠纷的说明", "关于噪声投诉的说明"):
            uuid = self._publish(NewRecord("notice", _notice(today, title, "原文提到一户人家的情况，已依法隐去。")))
            body = {"fields": ["content"], "article": "privacy", "office": "community"}
            self.clerk.send("POST", f"{self._api}/records/{uuid}/redactions", body)
        self.clerk.send("POST", f"{self._api}/book/postings/3/reversal", {"note": "这一笔记了两次，冲销一笔。"})
        self.clerk.send("POST", f"{self._api}/book/postings/5/redaction", {"article": "privacy", "office": "community"})

    def _declare(self) -> None:
        """Declare a member's tie, and say what comes of whom the estate pays or hires, which publishes it."""
        body = {
            "seat": "member", "holder": MEMBERS[2], "subject": "firm", "party": GARDENER, "credit_code": GARDENER_CODE,
            "relation": "relative", "note": "弟弟在这家公司工作。",
        }  # fmt: skip
        hits = self.clerk.send("POST", f"{self._api}/interests", body)["hits"]
        said = {"handling": "abstain", "explanation": "选定这家公司时本人没有参加讨论和表决。"}
        for hit in hits:
            self.clerk.send("POST", f"{self._api}/interests/{hit}/explanation", said)
        self.tell(f"利益关系：申报与合同、付款对上 {len(hits)} 处，委员说明后公布")


def _posting(entry: NewEntry, voucher: str, decision: str) -> dict[str, Any]:
    bank = "Assets:Common:Bank"
    sign = 1 if entry.account.startswith("Expenses") else -1
    return {
        "on": entry.on.isoformat(),
        "lines": [{"account": entry.account, "fen": sign * entry.fen}, {"account": bank, "fen": -sign * entry.fen}],
        "voucher": {"record": voucher, "number": entry.file},
        "payee": entry.payee,
        "credit_code": GARDENER_CODE if entry.payee == GARDENER else "",
        "note": entry.note,
        "decision": decision if entry.decided else "",
    }


def _notice(day: date, title: str, content: str) -> dict[str, Any]:
    return {"title": title, "day": day.isoformat(), "content": content}
