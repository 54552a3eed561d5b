"""Owners of the demonstration ask for a meeting together, each with the own letter and phone, once the result is certified.

python -m vote.demo.petition --url URL --estate E --election UUID --letters FILE --messages FILE
"""

import argparse
import asyncio
import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from crypto.credential import public_credential
from crypto.election import Election, decode_election
from crypto.petition import SIGN, PetitionWord, encode_signed_word, encode_word, sign_word
from vote.credential.letter import Letter, decode_letters
from vote.demo.clerk import made_up_phone
from vote.demo.owner import Owner, Phones
from vote.oversight.petition.rules import Petition, PetitionKind, petition_digest

TEXT = "请业委会召集业主大会临时会议，讨论是否委托会计师事务所审计近一年的公共收益收支。"
SHARE = 5
"""One owner in five is needed (PMR 13)."""
SPARE = 2
AT_ONCE = 8
AGAIN_SECONDS = 11
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LENGTH = 14


@dataclass(frozen=True, slots=True)
class Signing:
    """Owners who sign."""

    client: httpx.AsyncClient
    phones: Phones
    first_phone: int
    estate: str
    election: Election

    async def ask_for_meeting(self, letters: Sequence[Letter]) -> str:
        """Begin a petition, let as many sign as it needs and a few more, and return its number.

        Args:
            letters: of all owners.

        Raises:
            RuntimeError: something was refused.
        """
        uuid = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        petition = Petition(uuid, self.estate, PetitionKind.MEETING, TEXT, "")
        first, *others = letters[: -(-len(letters) // SHARE) + SPARE]
        path = f"/api/estates/{self.estate}/petitions"
        signed = self._sign(petition, await self._key(first)).decode()
        begun = {"number": uuid, "kind": str(PetitionKind.MEETING), "text": TEXT, "signed": signed}
        await self._post(path, json.dumps(begun).encode())
        waiting = iter(others)

        async def sign_next() -> None:
            for letter in waiting:
                await self._post(f"{path}/{uuid}/words", self._sign(petition, await self._key(letter)))

        await asyncio.gather(*(sign_next() for _ in range(AT_ONCE)))
        return uuid

    async def _key(self, letter: Letter) -> int:
        number = f"+86{made_up_phone(self.first_phone + letter.entitlement)}"
        owner = Owner(self.client, self.phones, number)
        try:
            return await owner.open_key(letter, "petition")
        except RuntimeError:
            # Somebody to whom a code was sent a moment ago gets no other one yet.
            await asyncio.sleep(AGAIN_SECONDS)
            return await owner.open_key(letter, "petition")

    def _sign(self, petition: Petition, key: int) -> bytes:
        election, digest = self.election, petition_digest(petition)
        word = PetitionWord(election.uuid, election.fingerprint, public_credential(key), petition.uuid, digest, SIGN)
        return encode_signed_word(encode_word(word), sign_word(key, word, secrets.token_bytes))

    async def _post(self, path: str, content: bytes) -> None:
        answer = await self.client.post(path, content=content, headers={"Content-Type": "application/json"})
        if not answer.is_success:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.json().get('detail', '')}")


async def run(options: argparse.Namespace) -> str:
    """Let owners sign; return the petition's number."""
    async with httpx.AsyncClient(base_url=options.url, timeout=60, trust_env=False) as client:
        election = (await client.get(f"/elections/{options.election}/election.json")).raise_for_status().content
        letters = sorted(decode_letters(options.letters.read_bytes()), key=lambda letter: letter.entitlement)
        signing = Signing(
            client, Phones(options.messages), options.first_phone, options.estate, decode_election(election)
        )
        return await signing.ask_for_meeting(letters)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the petition; return 0 unless something was refused."""
    parser = argparse.ArgumentParser(prog="python -m vote.demo.petition")
    for name, kind in (("url", str), ("estate", str), ("election", str), ("letters", Path), ("messages", Path)):
        parser.add_argument(f"--{name}", type=kind, required=True)
    parser.add_argument("--first-phone", type=int, default=0)
    print(asyncio.run(run(parser.parse_args(arguments))))  # noqa: T201 - for whoever started it
    return 0


if __name__ == "__main__":
    sys.exit(main())
