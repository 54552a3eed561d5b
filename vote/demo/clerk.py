"""The clerk of the demonstration: whatever staff does over HTTP, and the files carried to registrar and trustees."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from vote.demo.household import tool
from vote.demo.plan import demo_questions
from vote.election.ask import encode_ask

ESTATE = "demo-xinyuan"
TRUSTEES = ("业主代表甲", "社区工作者乙", "街道干部丙")
THRESHOLD = 2
TITLE = "DEMO 演示：某某花园第一次业主大会"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft election and the keys handed out for it."""

    uuid: str
    registrar_key: str
    trustee_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clerk:
    """Staff at the desk: an HTTP client with the staff's word, and a folder for papers."""

    http: httpx.Client
    folder: Path

    def import_roll(self, file: Path) -> tuple[int, dict[str, Any]]:
        """Found the estate, import its roll, answer an objection, freeze; return the roll's number and the report."""
        place = {"name": "某某花园", "community": "示例社区", "sub_district": "示例街道", "county": "示例县"}
        self._send("POST", "/api/estates", {"id": ESTATE, **place})
        found = self._send("POST", f"/api/estates/{ESTATE}/rolls", content=file.read_bytes())
        roll = found["roll"]
        objection = self._send(
            "POST", f"/api/rolls/{roll}/objections", {"text": "演示异议：面积与产权证是否一致，请核对。"}
        )["objection"]
        self._send(
            "POST",
            f"/api/rolls/{roll}/objections/{objection}/answer",
            {"answer": "已与不动产登记簿核对，面积一致。"},
        )
        self._send("POST", f"/api/rolls/{roll}/freeze")
        return roll, found["report"]

    def prepare(self, roll: int, opens_at: str, closes_at: str) -> Prepared:
        """Prepare the election."""
        answer = self._send(
            "POST",
            "/api/elections",
            {
                "estate": ESTATE,
                "roll": roll,
                "title": TITLE,
                "secrecy": "secret",
                "opens_at": opens_at,
                "closes_at": closes_at,
                "trustees": list(TRUSTEES),
                "threshold": THRESHOLD,
                "questions": [encode_ask(ask) for ask in demo_questions()],
            },
        )
        return Prepared(answer["election"], answer["registrar_key"], tuple(answer["trustee_keys"]))

    def make_key(self, prepared: Prepared) -> None:
        """Carry files between the board and the trustees until their common key stands and each has checked it; each works offline."""
        board, api = self.folder / "board.json", f"/api/elections/{prepared.uuid}"
        for index, text in enumerate(json.loads(self._get(f"{api}/invitations")), start=1):
            invitation = self.folder / f"invitation-{index}.json"
            invitation.write_text(json.dumps(text, ensure_ascii=False))
            tool(
                "trustee", "begin", "--invitation", invitation, "--state", self.state(index), "--post", self.post(index)
            )
            self._bring(prepared, index, "posts", self.post(index))
        for _ in range(3):
            for index in range(1, len(TRUSTEES) + 1):
                board.write_bytes(self._get(f"{api}/board"))
                tool("trustee", "next", "--state", self.state(index), "--board", board, "--post", self.post(index))
                self._bring(prepared, index, "posts", self.post(index))
        board.write_bytes(self._get(f"{api}/board"))
        trustees = self.folder / "trustees.json"
        trustees.write_bytes(self._get(f"{api}/trustees.json"))
        for index in range(1, len(TRUSTEES) + 1):
            tool("trustee", "check", "--state", self.state(index), "--board", board, "--trustees", trustees)

    def issue_credentials(self, prepared: Prepared) -> Path:
        """Let two people issue the credentials, and both open them for printing; return the printed letters."""
        people = [self.folder / f"registrar-{index}.key" for index in (1, 2)]
        recipients = [tool("registrar", "keygen", "--out", person).split()[-1] for person in people]
        request, public = self.folder / "request.json", self.folder / "credentials-public.json"
        private, letters = self.folder / "credentials.age", self.folder / "letters.jsonl"
        key = {"Authorization": f"Bearer {prepared.registrar_key}"}
        request.write_bytes(self._get(f"/api/elections/{prepared.uuid}/registrar/request", key))
        tool(
            "registrar", "issue", "--request", request, "--public", public, "--private", private,
            "--recipient", recipients[0], "--recipient", recipients[1],
        )  # fmt: skip
        self._send(
            "POST", f"/api/elections/{prepared.uuid}/registrar/credentials", content=public.read_bytes(), headers=key
        )
        tool(
            "registrar", "letters", "--private", private, "--out", letters,
            "--identity", people[0], "--identity", people[1],
        )  # fmt: skip
        return letters

    def seal(self, prepared: Prepared) -> None:
        """Seal the election."""
        self._send("POST", f"/api/elections/{prepared.uuid}/seal")

    def state_of(self, uuid: str) -> str:
        """Return where the election stands."""
        state: str = json.loads(self._get(f"/api/elections/{uuid}"))["state"]
        return state

    def open_totals(self, prepared: Prepared, archive: Path, *how: str) -> None:
        """Let two of three trustees count again and open the totals; the third one's card is lost."""
        manifest = self.fetch(f"/elections/{prepared.uuid}/manifest.json", self.folder / "manifest.json")
        for index in range(1, THRESHOLD + 1):
            share = self.folder / f"share-{index}.json"
            tool(
                "trustee", "decrypt", "--state", self.state(index), "--archive", archive, "--manifest", manifest,
                "--share", share, *how,
            )  # fmt: skip
            self._bring(prepared, index, "share", share)

    def fetch(self, path: str, file: Path) -> Path:
        """Keep what a public page serves."""
        file.write_bytes(self._get(path))
        return file

    def state(self, index: int) -> Path:
        """Return the private file of a trustee."""
        return self.folder / f"trustee-{index}.state"

    def post(self, index: int) -> Path:
        """Return the file that a trustee hands over."""
        return self.folder / f"trustee-{index}.post"

    def _bring(self, prepared: Prepared, index: int, what: str, file: Path) -> None:
        self._send(
            "POST",
            f"/api/elections/{prepared.uuid}/trustees/{index}/{what}",
            content=file.read_bytes(),
            headers={"Authorization": f"Bearer {prepared.trustee_keys[index - 1]}"},
        )

    def _get(self, path: str, headers: dict[str, str] | None = None) -> bytes:
        return _require_success(self.http.get(path, headers=headers)).content

    def _send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - whatever JSON the server answers
        if content is not None:
            headers = {"Content-Type": "application/json", **(headers or {})}
        answer = _require_success(self.http.request(method, path, json=body, content=content, headers=headers))
        return answer.json() if answer.content else None


def _require_success(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise RuntimeError(f"{answer.request.url.path}: {answer.status_code} {answer.json().get('detail', '')}")
