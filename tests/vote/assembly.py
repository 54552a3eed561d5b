"""An owners' assembly: owners with letters, three trustees, a registrar and staff, who hold one election over HTTP."""

import copy
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from crypto.agreement import Agreement, encode_agreement, encode_signed_agreement, sign_agreement
from crypto.archive import Archive
from crypto.archive_reader import read_archive
from crypto.ballot import seal_ballot
from crypto.ceremony import begin
from crypto.ceremony_board import Board, decode_board
from crypto.ceremony_post import Post, encode_post
from crypto.ceremony_state import TrusteeState
from crypto.credential import derive_secret, generate_credential, public_credential
from crypto.credential_part import Side, combine_secret, prove_part
from crypto.election import Election, decode_election
from crypto.encoding import compact_json, hex_digest
from crypto.randomness import Randomness
from tests.crypto.ceremonies import STEPS
from tests.strategies import seeded
from tests.vote.certificate.keys import secrets_of
from tests.vote.platform import CHECKS, CLOSES, OPENS, Platform
from vote.credential.letter_number import generate_letter_number
from vote.credential.rules import PublicLine, PublicList, decode_request, encode_public_list
from vote.election.ask import Ask, encode_ask
from vote.election.office import encode_office
from vote.election.terms import OFFICES
from vote.trustee.handed_share import encode_handed_share
from vote.trustee.memory import Memory
from vote.trustee.opening import audit_own_setup, open_total, recount

ESTATE = "xinyuan"
PLACE = {"id": ESTATE, "name": "馨苑", "community": "桥东社区", "sub_district": "魏塘街道", "county": "嘉善县"}
NAMES = ("业主甲", "社区乙", "街道丙")
DUTIES = [
    *(
        {"role": "trustee", "person": name, "office": office, "owner": not office}
        for name, office in zip(NAMES, ("", "桥东社区", "魏塘街道"), strict=True)
    ),
    {"role": "registrar", "person": "制信甲", "owner": True},
    {"role": "registrar", "person": "制信乙", "office": "桥东社区"},
    {"role": "phones", "person": "话务甲", "office": "桥东社区"},
    {"role": "phones", "person": "话务乙", "office": "魏塘街道"},
    {"role": "desk", "person": "窗口甲", "office": "桥东社区"},
    {"role": "organiser", "person": "筹备组长", "owner": True},
    {"role": "community", "person": "社区书记", "office": "桥东社区"},
    {"role": "sub_district", "person": "街道科长", "office": "魏塘街道"},
]
"""Made-up people, each with one duty."""
DESK_PHONE = "0573-84012345"
HEADER = ("楼幢", "单元", "室号", "权利人", "证件号码", "联系电话", "登记建筑面积")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"


def phone_of(owner: int) -> str:
    """Return the telephone number of an owner that stands in the sheet."""
    return f"1990000{owner - 1:04}"


def write_sheet(areas: Sequence[int]) -> bytes:
    """Return a sheet in which owner n has room n01 of building 3 with the nth area in dm2."""
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(HEADER)
    for index, area in enumerate(areas):
        name = SURNAMES[index % len(SURNAMES)] + "一二三四五六七八九十"[index // len(SURNAMES)]
        room = f"{index + 1}01"
        rows.writerow(
            ["3", "2", room, name, f"E{1000000 + index}", phone_of(index + 1), f"{area // 100}.{area % 100:02}"]
        )
    return sheet.getvalue().encode()


@dataclass
class People:
    """What the people of an assembly hold; the platform has none of it."""

    areas: tuple[int, ...]
    """dm2 of each owner."""
    asks: tuple[Ask, ...]
    credential_parts: int = 2
    roll: int = 0
    uuid: str = ""
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Role keys by duty."""
    trustees: dict[int, TrusteeState] = field(default_factory=dict)
    credentials: dict[int, str] = field(default_factory=dict)
    """By entitlement, as printed in letters."""
    numbers: dict[int, str] = field(default_factory=dict)
    """By entitlement, as printed in letters, where keys have two parts."""
    parts: dict[int, int] = field(default_factory=dict)
    """By entitlement, the platform's part of the key, once its owner has fetched it."""
    agreed: set[int] = field(default_factory=set)
    """Who has agreed to vote electronically."""
    draws: int = 0

    @property
    def registrar_key(self) -> str:
        return self.keys["registrar"][0]

    @property
    def trustee_keys(self) -> tuple[str, ...]:
        return tuple(self.keys["trustee"])


class Assembly:
    """People and the platform that they use."""

    def __init__(self, platform: Platform, people: People) -> None:
        self.platform = platform
        self.people = copy.deepcopy(people)

    @property
    def uuid(self) -> str:
        return self.people.uuid

    @property
    def api(self) -> str:
        return f"/api/elections/{self.uuid}"

    @property
    def pages(self) -> str:
        return f"/elections/{self.uuid}"

    def rng(self) -> Randomness:
        """Return randomness that nobody got before."""
        self.people.draws += 1
        return seeded(self.people.draws)

    async def import_roll(self, *, sheet: bytes | None = None, freeze: bool = True) -> None:
        """Found the estate and import its roll, from another sheet than usual if one is given."""
        await self.platform.post("/api/estates", json=PLACE)
        content = sheet or write_sheet(self.people.areas)
        answer = await self.platform.post(f"/api/estates/{ESTATE}/rolls", content=content)
        self.people.roll = answer["roll"]
        if freeze:
            await self.platform.post(f"/api/rolls/{self.people.roll}/freeze")

    def draft(self, **changes: Any) -> dict[str, Any]:
        """Return the form that staff fills in."""
        return {
            "estate": ESTATE,
            "roll": self.people.roll,
            "title": "2026年业主大会",
            "opens_at": OPENS.isoformat(),
            "closes_at": CLOSES.isoformat(),
            "trustees": list(NAMES),
            "threshold": 2,
            "questions": [encode_ask(ask) for ask in self.people.asks],
            "duties": DUTIES,
            "credential_parts": self.people.credential_parts,
            "desk_phone": DESK_PHONE,
            **changes,
        }

    async def prepare(self, **changes: Any) -> None:
        """Prepare the election; the keys are handed out."""
        answer = await self.platform.post("/api/elections", json=self.draft(**changes))
        self.people.uuid = answer["election"]
        self.people.keys = answer["keys"]

    async def make_key(self) -> None:
        """Hold the key ceremony."""
        size, rng = len(NAMES), self.rng()
        for index, name in enumerate(NAMES, start=1):
            state, post = begin(rng, index=index, size=size, threshold=2, name=name, context=self.uuid)
            await self._take(index, state, post)
        for step in STEPS.values():
            for index in range(1, size + 1):
                await self._take(index, *step(self.people.trustees[index], await self.board(), rng))

    async def board(self) -> Board:
        return decode_board(await self.platform.get(f"{self.api}/board"))

    async def issue_credentials(self) -> None:
        """Let the registrar make everybody's credential, and owners confirm their phones at the desk."""
        key, rng = self.people.registrar_key, self.rng()
        request = decode_request(await self.platform.get(f"{self.api}/registrar/request", key=key))
        owners = [line.entitlement for line in request.lines]
        self.people.credentials = {owner: generate_credential(rng) for owner in owners}
        if request.credential_parts > 1:
            self.people.numbers = {owner: generate_letter_number(rng) for owner in owners}
            await self.confirm_phones(*owners)
        listed = PublicList(self.uuid, tuple(self.public_line(owner) for owner in owners))
        await self.platform.post(f"{self.api}/registrar/credentials", key=key, content=encode_public_list(listed))

    def public_line(self, owner: int) -> PublicLine:
        """Return what the registrar hands in of an owner's letter."""
        letter = self.letter_secret(owner)
        if owner not in self.people.numbers:
            return PublicLine(owner, public_credential(letter))
        part = prove_part(self.uuid, Side.LETTER, letter, self.rng())
        return PublicLine(owner, part.public, part.proof, self.people.numbers[owner])

    async def confirm_phones(self, *owners: int) -> None:
        """Let owners state at the desk the number that stands in the roll."""
        phones = [{"entitlement": owner, "number": phone_of(owner)} for owner in owners]
        path, key = f"{self.api}/phones/confirmations", self.people.keys["desk"][0]
        await self.platform.post(path, key=key, json={"how": "desk", "phones": phones})

    async def bring_offices(self) -> None:
        """Let the three offices hand in their public keys."""
        for name in OFFICES:
            await self.platform.post(f"{self.api}/offices", content=encode_office(secrets_of(name).public))

    async def seal(self) -> None:
        await self.platform.post(f"{self.api}/seal")

    async def notice(self) -> None:
        """Record the notice today."""
        await self.platform.post(f"{self.api}/notice")

    async def open(self) -> None:
        """Give notice today, and open the polls at their time."""
        await self.notice()
        self.platform.clock.now = OPENS
        await self.platform.post(f"{self.api}/open")
        self.platform.clock.now = OPENS + timedelta(hours=1)

    async def close(self) -> None:
        """Close the polls at their time."""
        self.platform.clock.now = CLOSES
        await self.platform.post(f"{self.api}/close")

    async def check(self) -> None:
        """Find who took part, once the time for disputes is over."""
        self.platform.clock.now = CHECKS
        await self.organise("check", accept_disclosure=True)

    async def organise(self, path: str, **body: Any) -> Any:
        """Post as the organiser something that must be accepted."""
        return await self.platform.post(f"{self.api}/{path}", key=self.people.keys["organiser"][0], json=body)

    async def sum(self) -> None:
        await self.platform.post(f"{self.api}/sum")

    async def election(self) -> Election:
        """Return the election as owners' devices load it."""
        return decode_election(await self.platform.get(f"{self.pages}/election.json", key=None))

    def letter_secret(self, owner: int) -> int:
        return derive_secret(self.uuid, self.people.credentials[owner])

    def secret(self, owner: int) -> int:
        """Return an owner's voting key; where it has two parts, the platform's must have been fetched."""
        letter = self.letter_secret(owner)
        return combine_secret(letter, self.people.parts[owner]) if self.people.numbers else letter

    async def send_code(self, owner: int) -> httpx.Response:
        """Ask for a code with the number of an owner's letter."""
        return await self._with_letter(owner, "codes")

    async def open_part(self, owner: int, code: str) -> httpx.Response:
        """Ask for the platform's part with the number of an owner's letter and a code."""
        return await self._with_letter(owner, "part", code=code)

    async def fetch_part(self, owner: int, phone: str | None = None) -> None:
        """Fetch the platform's part as owners do, with letter and phone; nothing if that was done before."""
        if not self.people.numbers or owner in self.people.parts:
            return
        sent = await self.send_code(owner)
        assert sent.status_code == 202, sent.text
        answer = await self.open_part(owner, self.platform.phones.code(phone or f"+86{phone_of(owner)}"))
        assert answer.status_code == 200, answer.text
        self.people.parts[owner] = int(answer.json()["part"])
        assert answer.json()["credential"] == public_credential(self.secret(owner))

    async def agreement(self, owner: int) -> bytes:
        """Return an owner's signed agreement to vote electronically."""
        text = await self.platform.get(f"{self.pages}/agreement-text", key=None)
        fingerprint = (await self.election()).fingerprint
        agreed = Agreement(self.uuid, fingerprint, public_credential(self.secret(owner)), hex_digest(text))
        return encode_signed_agreement(encode_agreement(agreed), sign_agreement(self.secret(owner), agreed, self.rng()))

    async def agree(self, owner: int) -> None:
        """Agree to vote electronically, where that is asked for and was not done before."""
        await self.fetch_part(owner)
        if self.people.numbers and owner not in self.people.agreed:
            signed = await self.agreement(owner)
            await self.platform.post(f"{self.api}/agreements", key=None, content=signed)
            self.people.agreed.add(owner)

    async def ballot(self, owner: int, choices: Sequence[Sequence[int]]) -> bytes:
        """Return a sealed ballot that is not cast yet, of an owner who has agreed to vote so."""
        await self.agree(owner)
        return seal_ballot(await self.election(), self.secret(owner), choices, self.rng())

    async def send(self, ballot: bytes) -> httpx.Response:
        """Cast a sealed ballot."""
        return await self.platform.ask("POST", f"{self.api}/ballots", key=None, content=ballot)

    async def cast(self, owner: int, choices: Sequence[Sequence[int]]) -> bytes:
        """Cast a ballot that must be accepted; return its bytes."""
        ballot = await self.ballot(owner, choices)
        answer = await self.send(ballot)
        assert answer.status_code == 201, answer.text
        return ballot

    async def archive(self) -> bytes:
        return await self.platform.get(f"{self.pages}/{self.uuid}.bel", key=None)

    async def read_archive(self) -> Archive:
        return read_archive(await self.archive())

    async def share(self, trustee: int) -> bytes:
        """Return the share that a trustee makes after counting again."""
        memory, archive = Memory(self.people.trustees[trustee]), await self.read_archive()
        manifest = await self.platform.get(f"{self.pages}/manifest.json", key=None)
        setup = audit_own_setup(memory, archive, manifest)
        return encode_handed_share(open_total(memory, setup, recount(setup, archive).tally, self.rng()))

    async def bring(self, trustee: int, share: bytes, key: str | None = None) -> httpx.Response:
        """Bring a share with the trustee's key, or another one."""
        path = f"{self.api}/trustees/{trustee}/share"
        return await self.platform.ask("POST", path, key=key or self.people.trustee_keys[trustee - 1], content=share)

    async def contribute(self, trustee: int) -> bool:
        """Bring a trustee's share, which must be accepted; return whether the totals are open."""
        answer = await self.bring(trustee, await self.share(trustee))
        assert answer.status_code == 201, answer.text
        opened: bool = answer.json()["opened"]
        return opened

    async def open_totals(self) -> None:
        """Let two of three trustees open the totals."""
        for trustee in (1, 3):
            opened = await self.contribute(trustee)
        assert opened

    async def state(self) -> str:
        return str((await self.show())["state"])

    async def show(self) -> Mapping[str, Any]:
        answer = await self.platform.ask("GET", f"{self.api}/draft")
        shown: Mapping[str, Any] = answer.raise_for_status().json()
        return shown

    def at(self, moment: datetime) -> None:
        """Move the clock."""
        self.platform.clock.now = moment

    async def _with_letter(self, owner: int, path: str, **more: object) -> httpx.Response:
        body = {"letter_number": self.people.numbers[owner], **more}
        return await self.platform.ask("POST", f"{self.api}/{path}", key=None, json=body)

    async def _take(self, index: int, state: TrusteeState, post: Post) -> None:
        self.people.trustees[index] = state
        key, path = self.people.trustee_keys[index - 1], f"{self.api}/trustees/{index}/posts"
        await self.platform.post(path, key=key, content=compact_json(encode_post(post)))
