"""Owners of the demonstration ask the committee, each with the own letter and a code from the own phone.

python -m vote.demo.asking --url URL --estate E --letters FILE --messages FILE
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from vote.credential.letter import Letter, decode_letters
from vote.demo.clerk import made_up_phone
from vote.demo.owner import Phones

QUESTIONS = (
    {
        "text": "电梯广告费一年一共收了多少？凭证在哪里看？",
        "manner": "named",
        "signature": "5号楼的老王",
        "agree": "yes",
    },
    {"text": "2号楼的监控说好早就该换了，现在到哪一步了？", "manner": "unseen"},
)
"""As the form has them; asked by the last owners of the roll."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Owners who ask."""

    client: httpx.AsyncClient
    phones: Phones
    first_phone: int
    estate: str

    async def ask_all(self, letters: Sequence[Letter]) -> list[str]:
        """Ask every question and return the inquiries' numbers, in the order asked.

        Args:
            letters: of all owners.

        Raises:
            RuntimeError: something was refused.
        """
        return [
            await self._ask(question, letter) for question, letter in zip(QUESTIONS, reversed(letters), strict=False)
        ]

    async def _ask(self, question: dict[str, str], letter: Letter) -> str:
        number = f"+86{made_up_phone(self.first_phone + letter.entitlement)}"
        asked = {**question, "letter": letter.number or ""}
        before = self.phones.count(number)
        await self._post(asked, HTTPStatus.OK)
        code = await self.phones.wait_for_code(number, before)
        answer = await self._post({**asked, "code": code}, HTTPStatus.SEE_OTHER)
        return urlsplit(answer.headers["Location"]).path.rpartition("/")[2]

    async def _post(self, form: dict[str, str], expected: HTTPStatus) -> httpx.Response:
        path = f"/estates/{self.estate}/inquiries/new"
        answer = await self.client.post(path, data=form, headers={"Origin": str(self.client.base_url).rstrip("/")})
        if answer.status_code != expected:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer


async def run(options: argparse.Namespace) -> list[str]:
    """Let owners ask; return the inquiries' numbers."""
    async with httpx.AsyncClient(base_url=options.url, timeout=60, trust_env=False) as client:
        letters = sorted(decode_letters(options.letters.read_bytes()), key=lambda letter: letter.entitlement)
        asking = Asking(client, Phones(options.messages), options.first_phone, options.estate)
        return await asking.ask_all(letters)


def main(arguments: Sequence[str] | None = None) -> int:
    """Let them ask; return 0 unless something was refused."""
    parser = argparse.ArgumentParser(prog="python -m vote.demo.asking")
    for name, kind in (("url", str), ("estate", str), ("letters", Path), ("messages", Path)):
        parser.add_argument(f"--{name}", type=kind, required=True)
    parser.add_argument("--first-phone", type=int, default=0)
    print(*asyncio.run(run(parser.parse_args(arguments))))  # noqa: T201 - for whoever started it
    return 0


if __name__ == "__main__":
    sys.exit(main())
