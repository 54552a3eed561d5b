"""An owner's way from the letter to the voting key: number, code from the own phone, the platform's part, agreement.

It knows what owners know: the letter, the phone, the public pages.
"""

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from crypto.agreement import Agreement, encode_agreement, encode_signed_agreement, sign_agreement
from crypto.credential import derive_secret, public_credential
from crypto.credential_part import combine_secret
from crypto.encoding import hex_digest
from crypto.group import decode_scalar
from vote.credential.letter import Letter

WAIT_SECONDS = 30


@dataclass(slots=True)
class Phones:
    """Everybody's phones: what the file carrier wrote, read as it grows."""

    file: Path
    codes: dict[str, list[str]] = field(default_factory=dict)
    """By number, the codes that came, the last one last."""
    read: int = 0

    async def wait_for_code(self, number: str, before: int) -> str:
        """Return the code that came to a number after `before` others.

        Raises:
            RuntimeError: none came.
        """
        for _ in range(WAIT_SECONDS * 10):
            self._read()
            came = self.codes.get(number, [])
            if len(came) > before:
                return came[-1]
            await asyncio.sleep(0.1)
        raise RuntimeError("no code came to the phone")

    def count(self, number: str) -> int:
        """Return how many codes came to a number so far."""
        self._read()
        return len(self.codes.get(number, []))

    def _read(self) -> None:
        if not self.file.exists():
            return
        with self.file.open("rb") as file:
            file.seek(self.read)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                self.read += len(line)
                message = json.loads(line)
                if message["kind"] == "code":
                    self.codes.setdefault(message["number"], []).append(message["blanks"]["code"])


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner with a letter and a phone."""

    client: httpx.AsyncClient
    phones: Phones
    number: str
    """+86 and the national number."""

    async def make_key(self, letter: Letter, fingerprint: str, text: bytes) -> int:
        """Return the whole voting key, after signing the agreement to vote electronically with it.

        Args:
            letter: as printed.
            fingerprint: of the election.
            text: what is agreed to.

        Raises:
            RuntimeError: something was refused, or the key is not the letter's.
        """
        secret = await self.open_key(letter)
        agreement = Agreement(letter.election, fingerprint, public_credential(secret), hex_digest(text))
        proof = sign_agreement(secret, agreement, secrets.token_bytes)
        signed = encode_signed_agreement(encode_agreement(agreement), proof)
        path = f"/api/elections/{letter.election}/agreements"
        _require_success(await self.client.post(path, content=signed, headers={"Content-Type": "application/json"}))
        return secret

    async def open_key(self, letter: Letter, purpose: str = "vote") -> int:
        """Return the whole voting key, for a code that comes to the own phone.

        Args:
            letter: as printed.
            purpose: `vote`, or `petition` once the election is certified.

        Raises:
            RuntimeError: something was refused, or the key is not the letter's.
        """
        if letter.number is None:
            raise RuntimeError("the letter has no number")
        api, asked = f"/api/elections/{letter.election}", {"letter_number": letter.number, "purpose": purpose}
        before = self.phones.count(self.number)
        await self._post(f"{api}/codes", asked)
        code = await self.phones.wait_for_code(self.number, before)
        answer = await self._post(f"{api}/part", {**asked, "code": code})
        part = decode_scalar(answer["part"], "the platform's part")
        secret = combine_secret(derive_secret(letter.election, letter.credential), part)
        if public_credential(secret) != answer["credential"]:
            raise RuntimeError("the two parts do not make the key of this letter")
        return secret

    async def _post(self, path: str, body: dict[str, str]) -> dict[str, str]:
        answer: dict[str, str] = _require_success(await self.client.post(path, json=body)).json()
        return answer


def _require_success(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise RuntimeError(f"{answer.request.url.path}: {answer.status_code} {answer.json().get('detail', '')}")
