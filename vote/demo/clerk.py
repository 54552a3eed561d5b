"""The clerk of the demonstration: whatever staff does over HTTP, and the files carried to registrar and trustees."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from vote.demo.household import tool
from vote.demo.plan import demo_questions
from vote.election.ask import encode_ask

REGION = {"community": "示例社区", "sub_district": "示例街道", "county": "示例县"}
TRUSTEES = ("业主代表甲", "社区工作者乙", "街道干部丙")
THRESHOLD = 2
DESK_PHONE = "0573-00000000"
DUTIES = (
    ("trustee", TRUSTEES[0], "", True),
    ("trustee", TRUSTEES[1], "示例社区", False),
    ("trustee", TRUSTEES[2], "示例街道", False),
    ("registrar", "筹备组业主丁", "", True),
    ("registrar", "社区工作者戊", "示例社区", False),
    ("phones", "社区工作者己", "示例社区", False),
    ("phones", "街道干部庚", "示例街道", False),
    ("desk", "社区工作者辛", "示例社区", False),
    ("organiser", "筹备组组长壬", "", True),
    ("community", "社区书记癸", "示例社区", False),
    ("sub_district", "街道科长子", "示例街道", False),
)
"""Duty, person, the body that sent them, whether they are an owner: all made up, each with one duty."""
OFFICES = {
    "organiser": "{estate}首次业主大会筹备组",
    "community": "示例社区居民委员会",
    "sub_district": "示例街道办事处",
}
"""The three that sign a certificate, and what they are called."""


@dataclass(frozen=True, slots=True)
class Place:
    """The made-up estate in which an election is held, and what the election is called."""

    estate: str
    name: str
    title: str
    first_phone: int = 0
    """What is added to an owner's number to make up a telephone."""

    def phone(self, owner: int) -> str:
        """Return the telephone number of an owner."""
        return made_up_phone(self.first_phone + owner)


GARDEN = Place("demo-xinyuan", "某某花园", "DEMO 演示：某某花园第一次业主大会")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft election and the keys handed out for it, by duty."""

    uuid: str
    keys: Mapping[str, tuple[str, ...]]

    def header(self, duty: str, slot: int = 1) -> dict[str, str]:
        """Return what whoever has a duty sends along."""
        return {"Authorization": f"Bearer {self.keys[duty][slot - 1]}"}


@dataclass(frozen=True, slots=True)
class Clerk:
    """Staff at the desk: an HTTP client with the staff's word, and a folder for papers."""

    http: httpx.Client
    folder: Path
    place: Place = GARDEN

    def import_roll(self, file: Path) -> tuple[int, dict[str, Any]]:
        """Found the estate, import its roll, answer an objection, take down phones, freeze.

        Return the roll's number and the report.
        """
        self.send("POST", "/api/estates", {"id": self.place.estate, "name": self.place.name, **REGION})
        found = self.send("POST", f"/api/estates/{self.place.estate}/rolls", content=file.read_bytes())
        roll = found["roll"]
        objection = self.send(
            "POST", f"/api/rolls/{roll}/objections", {"text": "演示异议：面积与产权证是否一致，请核对。"}
        )["objection"]
        self.send(
            "POST",
            f"/api/rolls/{roll}/objections/{objection}/answer",
            {"answer": "已与不动产登记簿核对，面积一致。"},
        )
        owners = range(1, found["report"]["entitlements"] + 1)
        phones = [{"entitlement": owner, "number": self.place.phone(owner)} for owner in owners]
        self.send("POST", f"/api/rolls/{roll}/phones", {"source": "wish_form", "phones": phones})
        self.send("POST", f"/api/rolls/{roll}/freeze")
        return roll, found["report"]

    def prepare(self, roll: int, opens_at: str, closes_at: str, secrecy: str) -> Prepared:
        """Prepare the election; the keys are handed out to those who have a duty."""
        answer = self.send(
            "POST",
            "/api/elections",
            {
                "estate": self.place.estate,
                "roll": roll,
                "title": self.place.title,
                "secrecy": secrecy,
                "opens_at": opens_at,
                "closes_at": closes_at,
                "trustees": list(TRUSTEES),
                "threshold": THRESHOLD,
                "questions": [encode_ask(ask) for ask in demo_questions()],
                "desk_phone": DESK_PHONE,
                "duties": [dict(zip(("role", "person", "office", "owner"), duty, strict=True)) for duty in DUTIES],
            },
        )
        return Prepared(answer["election"], {duty: tuple(keys) for duty, keys in answer["keys"].items()})

    def make_office_keys(self, prepared: Prepared) -> None:
        """Let the three offices make their keys, each at its own place, and hand in the public ones."""
        authority = self.folder / "demo-ca.key"
        tool("office", "ca", "--demo", "--out", authority)
        for office, name in OFFICES.items():
            public = self.folder / f"{office}.json"
            tool(
                "office", "keygen", "--office", office, "--name", name.format(estate=self.place.name), "--ca", authority,
                "--out", self.office_key(office), "--public", public,
            )  # fmt: skip
            self.send("POST", f"/api/elections/{prepared.uuid}/offices", content=public.read_bytes())

    def make_key(self, prepared: Prepared) -> None:
        """Carry files between the board and the trustees until their common key stands and each has checked it; each works offline."""
        board, api = self.folder / "board.json", f"/api/elections/{prepared.uuid}"
        for index, text in enumerate(json.loads(self.get(f"{api}/invitations")), start=1):
            invitation = self.folder / f"invitation-{index}.json"
            invitation.write_text(json.dumps(text, ensure_ascii=False))
            tool(
                "trustee", "begin", "--invitation", invitation, "--state", self.state(index), "--post", self.post(index)
            )
            self._bring(prepared, index, "posts", self.post(index))
        for _ in range(3):
            for index in range(1, len(TRUSTEES) + 1):
                board.write_bytes(self.get(f"{api}/board"))
                tool("trustee", "next", "--state", self.state(index), "--board", board, "--post", self.post(index))
                self._bring(prepared, index, "posts", self.post(index))
        board.write_bytes(self.get(f"{api}/board"))
        trustees = self.folder / "trustees.json"
        trustees.write_bytes(self.get(f"{api}/trustees.json"))
        for index in range(1, len(TRUSTEES) + 1):
            tool("trustee", "check", "--state", self.state(index), "--board", board, "--trustees", trustees)

    def issue_credentials(self, prepared: Prepared) -> Path:
        """Let two people issue the credentials, and both open them for printing; return the printed letters."""
        people = [self.folder / f"registrar-{index}.key" for index in (1, 2)]
        recipients = [tool("registrar", "keygen", "--out", person).split()[-1] for person in people]
        request, public = self.folder / "request.json", self.folder / "credentials-public.json"
        private, letters = self.folder / "credentials.age", self.folder / "letters.jsonl"
        key = prepared.header("registrar")
        request.write_bytes(self.get(f"/api/elections/{prepared.uuid}/registrar/request", key))
        tool(
            "registrar", "issue", "--request", request, "--public", public, "--private", private,
            "--recipient", recipients[0], "--recipient", recipients[1],
        )  # fmt: skip
        self.send(
            "POST", f"/api/elections/{prepared.uuid}/registrar/credentials", content=public.read_bytes(), headers=key
        )
        tool(
            "registrar", "letters", "--private", private, "--out", letters,
            "--identity", people[0], "--identity", people[1],
        )  # fmt: skip
        return letters

    def seal(self, prepared: Prepared) -> None:
        """Seal the election and give notice of it."""
        self.send("POST", f"/api/elections/{prepared.uuid}/seal")
        self.send("POST", f"/api/elections/{prepared.uuid}/notice")

    def state_of(self, uuid: str) -> str:
        """Return where the election stands."""
        state: str = json.loads(self.get(f"/api/elections/{uuid}"))["state"]
        return state

    def open_totals(self, prepared: Prepared, archive: Path, manifest: Path, *how: str) -> None:
        """Let two of three trustees count again and open the totals; the third one's card is lost."""
        for index in range(1, THRESHOLD + 1):
            share = self.folder / f"share-{index}.json"
            tool(
                "trustee", "decrypt", "--state", self.state(index), "--archive", archive, "--manifest", manifest,
                "--share", share, *how,
            )  # fmt: skip
            self._bring(prepared, index, "share", share)

    def fetch(self, path: str, file: Path) -> Path:
        """Keep what a public page serves."""
        file.write_bytes(self.get(path))
        return file

    def state(self, index: int) -> Path:
        """Return the private file of a trustee."""
        return self.folder / f"trustee-{index}.state"

    def post(self, index: int) -> Path:
        """Return the file that a trustee hands over."""
        return self.folder / f"trustee-{index}.post"

    def office_key(self, office: str) -> Path:
        """Return the private file of an office."""
        return self.folder / f"{office}.key"

    def _bring(self, prepared: Prepared, index: int, what: str, file: Path) -> None:
        self.send(
            "POST",
            f"/api/elections/{prepared.uuid}/trustees/{index}/{what}",
            content=file.read_bytes(),
            headers=prepared.header("trustee", index),
        )

    def get(self, path: str, headers: dict[str, str] | None = None) -> bytes:
        """Return what is served.

        Raises:
            RuntimeError: it is refused; the text holds the sentence.
        """
        return _require_success(self.http.get(path, headers=headers)).content

    def send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:  # noqa: ANN401 - whatever JSON the server answers
        """Send something that must be accepted; return the JSON answered, if there is any.

        Raises:
            RuntimeError: it is refused; the text holds the sentence.
        """
        if content is not None:
            headers = {"Content-Type": "application/json", **(headers or {})}
        answer = _require_success(self.http.request(method, path, json=body, content=content, headers=headers))
        return answer.json() if answer.content else None


def made_up_phone(owner: int) -> str:
    """Return the telephone number of a made-up owner."""
    return f"199{owner:08}"


def _require_success(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise RuntimeError(f"{answer.request.url.path}: {answer.status_code} {answer.json().get('detail', '')}")
