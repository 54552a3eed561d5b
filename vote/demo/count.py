"""What the demonstration does after closing: disputes, count, single ballots, objections, certificate, destruction."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vote.demo.clerk import OFFICES, THRESHOLD, Clerk, Prepared
from vote.demo.household import tool
from vote.verifier.bundle import CERTIFICATE, CERTIFICATE_PDF, PAPERS, PARTS

PUBLISHED = tuple(name for name in PARTS if name not in {CERTIFICATE, CERTIFICATE_PDF, PAPERS})


@dataclass(frozen=True, slots=True)
class Count:
    """The count of one election."""

    clerk: Clerk
    prepared: Prepared
    out: Path
    tell: Callable[[str], None]

    @property
    def api(self) -> str:
        """Where the programming interface has the election."""
        return f"/api/elections/{self.prepared.uuid}"

    @property
    def pages(self) -> str:
        """Where its public files are."""
        return f"/elections/{self.prepared.uuid}"

    def settle(self, voters: Sequence[int], impersonated: int | None) -> None:
        """Raise disputes and settle each in another way, then check who took part.

        Args:
            voters: who cast a ballot, by entitlement.
            impersonated: in whose name somebody else did; None if everybody voted.
        """
        told = (
            ("impersonation", impersonated, "我没有投过票，却收到了“已计入”的短信。", "set-aside",
             "已当面核对身份和回执，确认不是本人所投，该票不计。"),
            ("double", voters[0], "我家和隔壁是不是算了两次？", "kept", "两套房屋登记在不同业主名下，各算一票。"),
            ("proxy", voters[1], "委托书没有写期限。", "contested", "委托书是否有效一时查不清，列入差额检验。"),
        )  # fmt: skip
        for kind, owner, text, outcome, answer in told:
            if owner is None:
                continue
            body = {"kind": kind, "raised_by": owner, "about": owner, "text": text}
            number = self._as("desk", "disputes", body)["dispute"]
            self._as("organiser", f"disputes/{number}/settle", {"outcome": outcome, "answer": answer})
        self._as("organiser", "check", {"accept_disclosure": True})
        cast = json.loads(self.clerk.get(f"{self.pages}/participation.json"))["cast"]
        self.tell(
            f"争议：冒名的一票不计，一票照计，一票存疑；参加表决 {cast['heads']} 位业主，"
            f"{cast['area_dm2'] // 100} 平方米，之后才动用钥匙"
        )

    def open_totals(self, work: Path) -> Path:
        """Let two trustees count again and open the totals; return the archive with its result."""
        name = f"{self.prepared.uuid}.bel"
        manifest = self.clerk.fetch(f"{self.pages}/manifest.json", work / "manifest.json")
        closed = self.clerk.fetch(f"{self.pages}/{name}", work / name)
        self.clerk.open_totals(self.prepared, closed, manifest)
        self.tell("开箱：两位开箱人各自重新核对并打开总数，第三位的钥匙丢了也不要紧")
        return self.clerk.fetch(f"{self.pages}/{name}", self.out / name)

    def open_one(self, archive: Path, work: Path, owner: int) -> None:
        """Open the ballot of an owner who asked for it, and compare it with what the owner had marked.

        Raises:
            RuntimeError: it opens to something else.
        """
        manifest, request, lists = work / "manifest.json", work / "opening-request.json", []
        for index in range(1, THRESHOLD + 1):
            lists.append(work / f"opening-list-{index}.json")
            tool(
                "trustee", "open-lists", "--state", self.clerk.state(index), "--archive", archive,
                "--manifest", manifest, "--out", lists[-1],
            )  # fmt: skip
        receipt = json.loads((self.out / "receipts" / f"{owner}.json").read_bytes())
        tracker = json.loads(base64.b64decode(receipt["promise"]))["tracker"]
        asked = {"tracker": tracker, "reason": "owner-request"}
        request.write_text(json.dumps(self._as("desk", "openings", asked), ensure_ascii=False, separators=(",", ":")))
        key = self.clerk.office_key("community")
        printed = tool(
            "office", "open", "--key", key, "--archive", archive, "--manifest", manifest, "--request", request,
            "--list", lists[0], "--list", lists[1], "--json",
        )  # fmt: skip
        shown = json.loads(printed)
        marked = [question["marked"] for question in shown["questions"]]
        lines = [json.loads(line) for line in (self.out / "votes.jsonl").read_text().splitlines()]
        choices = [line["choices"] for line in lines if line["entitlement"] == owner][-1]
        texts = [ask["choices"] for ask in json.loads(manifest.read_bytes())["questions"]]
        meant = [[text for text, mark in zip(*each, strict=True) if mark] for each in zip(texts, choices, strict=True)]
        if marked != meant:
            raise RuntimeError("a named ballot opened to something else than its owner had marked")
        self.tell("记名：一位业主申请查看自己的票，社区凭两份开票清单只打开了这一张，与本人所填一致，并已通知本人")

    def answer_objections(self, voters: Sequence[int]) -> None:
        """Raise objections to the result, and answer each."""
        first, second, third = voters[2:5]
        same = [
            self._object(first, "参与人数", "参加的人有这么多吗？"),
            self._object(second, "参与人数", "我也想知道人数怎么来的。"),
        ]
        late = self._object(third, "选票真伪", "结果里的那一票不是我的意思，是家里人替我按的。")
        self._as("organiser", f"objections/{same[1]}/merge", {"into": same[0]})
        self._as(
            "organiser", f"objections/{same[0]}/answer",
            {"outcome": "answered", "answer": "参与房号已公示，与公开档案中的有效票数一致，任何人都能重新核对。"},
        )  # fmt: skip
        self._as(
            "organiser", f"objections/{late}/answer",
            {"outcome": "upheld", "answer": "属实。开箱后不能再撤票，已列入差额检验，会不会影响结果见证明。", "contested": True},
        )  # fmt: skip
        self.tell("异议：两位业主问同一件事，合并答复；一位业主的异议成立，列入差额检验")

    def certify(self, archive: Path, work: Path) -> None:
        """Compose the certificate and let the three offices sign it in turn, each at its own place."""
        for name in PUBLISHED:
            self.clerk.fetch(f"{self.pages}/{name}", self.out / name)
        self._as("organiser", "certificate", {})
        draft = self.clerk.fetch(f"{self.pages}/certificate-draft.json", work / "certificate-draft.json")
        before = "none"
        for office in OFFICES:
            signature, signed = work / f"signature-{office}.json", work / f"certificate-{office}.pdf"
            tool(
                "office", "certify", "--key", self.clerk.office_key(office), "--manifest", self.out / "manifest.json",
                "--bundle", archive.parent, "--certificate", draft, "--pdf-in", before,
                "--out-signature", signature, "--out-pdf", signed, "--yes",
            )  # fmt: skip
            body = {
                "signature": json.loads(signature.read_bytes()),
                "pdf": base64.b64encode(signed.read_bytes()).decode(),
            }
            self._as(office, f"certificate/{office}", body)
            before = str(signed)
        for name in (CERTIFICATE, CERTIFICATE_PDF):
            self.clerk.fetch(f"{self.pages}/{name}", self.out / name)
        self.tell("证明：筹备组、社区、街道依次签署，结果证明和 PDF 已公布")

    def destroy_keys(self, archive: Path, work: Path) -> None:
        """Let the trustees and the registrar destroy their keys, and record their words."""
        for index in range(1, THRESHOLD + 1):
            word = work / f"destroyed-{index}.json"
            tool(
                "trustee", "destroy", "--state", self.clerk.state(index), "--archive", archive, "--word", word, "--yes"
            )
            self.clerk.send(
                "POST", f"{self.api}/trustees/{index}/destroyed", content=word.read_bytes(),
                headers=self.prepared.header("trustee", index),
            )  # fmt: skip
        self.tell("钥匙：两位开箱人已销毁钥匙，声明已记录")

    def _object(self, owner: int, topic: str, text: str) -> int:
        number: int = self._as("desk", "objections", {"raised_by": owner, "topic": topic, "text": text})["objection"]
        return number

    def _as(self, duty: str, path: str, body: dict[str, object]) -> dict[str, int]:
        answer: dict[str, int] = self.clerk.send("POST", f"{self.api}/{path}", body, headers=self.prepared.header(duty))
        return answer
