"""Owners who sign petitions, and the office that opens what they signed, as their programs do it."""

import json
from dataclasses import dataclass, field

import pyrage  # type: ignore[import-untyped]

from crypto.credential import public_credential
from crypto.petition import SIGN, PetitionWord, encode_signed_word, encode_word, sign_word
from tests.vote.assembly import ESTATE, Assembly, phone_of
from vote.account.people import PeopleService
from vote.oversight.petition import rules
from vote.oversight.petition.rules import PetitionKind
from vote.oversight.petition.service import Asked, PetitionService
from vote.oversight.petition.signing import SigningService
from vote.role import Actor, Role

FIRST, SECOND = Actor(Role.STAFF, account=1), Actor(Role.STAFF, account=2)
"""Two people at the desk."""
PHOTO = b"\xff\xd8\xff\xe0 a photo of a paper"
UUID = "2" * 14
TEXT = "请召开临时业主大会，讨论更换物业公司。"


@dataclass
class Petitions:
    """An estate with a certified election, its services, and the card of its office."""

    assembly: Assembly
    identity: str = ""
    opened: set[int] = field(default_factory=set)

    @property
    def service(self) -> PetitionService:
        found: PetitionService = self.assembly.platform.services["petitions"]
        return found

    @property
    def signing(self) -> SigningService:
        found: SigningService = self.assembly.platform.services["signing"]
        return found

    async def make_card(self) -> None:
        """Make the office's card, of which the server keeps the public half."""
        people: PeopleService = self.assembly.platform.services["accounts"]
        for actor, name in ((FIRST, "窗口甲"), (SECOND, "窗口乙")):
            assert await people.add(name) == actor.account
        identity = pyrage.x25519.Identity.generate()
        self.identity = str(identity)
        await self.service.make_card(ESTATE, str(identity.to_public()), FIRST)

    async def open_key(self, owner: int) -> None:
        """Show letter and code after the election, as an owner does who wants to sign."""
        if owner in self.opened:
            return
        api, number = self.assembly.api, self.assembly.people.numbers[owner]
        platform = self.assembly.platform
        sent = await platform.ask(
            "POST", f"{api}/codes", key=None, json={"letter_number": number, "purpose": "petition"}
        )
        assert sent.status_code == 202, sent.text
        code = platform.phones.code(f"+86{phone_of(owner)}")
        body = {"letter_number": number, "code": code, "purpose": "petition"}
        answer = await platform.ask("POST", f"{api}/part", key=None, json=body)
        assert answer.status_code == 200, answer.text
        self.assembly.people.parts[owner] = int(answer.json()["part"])
        self.opened.add(owner)

    async def word(self, owner: int, asked: Asked, act: str = SIGN, **changes: str) -> bytes:
        """Return an owner's signed word."""
        await self.open_key(owner)
        petition = rules.Petition(asked.uuid, ESTATE, asked.kind, asked.text, asked.member)
        secret = self.assembly.secret(owner)
        fingerprint = (await self.assembly.election()).fingerprint
        word = PetitionWord(
            self.assembly.uuid,
            fingerprint,
            public_credential(secret),
            asked.uuid,
            rules.petition_digest(petition),
            act,
        )._replace(**changes)
        return encode_signed_word(encode_word(word), sign_word(secret, word, self.assembly.rng()))

    async def begin(self, owner: int, asked: Asked) -> None:
        """Begin a petition with an owner's signature."""
        await self.signing.begin(ESTATE, asked, await self.word(owner, asked))

    async def say(self, owner: int, asked: Asked, act: str = SIGN) -> None:
        """Sign, take back or end."""
        await self.signing.say(ESTATE, asked.uuid, await self.word(owner, asked, act))

    async def opened_signers(self, uuid: str = UUID) -> list[dict[str, object]]:
        """Return the signers as the office reads them with its card."""
        identity = pyrage.x25519.Identity.from_str(self.identity)
        found = await self.service.signers(ESTATE, uuid, FIRST)
        return [json.loads(pyrage.decrypt(sealed, [identity])) for _, sealed in found]


def asked(kind: PetitionKind = PetitionKind.MEETING, member: str = "", **changes: str) -> Asked:
    """Return a petition to be."""
    return Asked(**{"uuid": UUID, "kind": kind, "text": TEXT, "member": member, **changes})  # type: ignore[arg-type]
