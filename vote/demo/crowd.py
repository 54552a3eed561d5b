"""The owners of the demonstration: a process of their own that holds letters, seals ballots and casts them over HTTP.

It knows no more than owners do: the letters, their phones, the public files, and what each owner wants. One ballot is
cast by somebody who took another owner's letter and phone; the record of what owners wanted does not have it.
"""

import argparse
import asyncio
import json
import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from itertools import repeat
from pathlib import Path
from typing import NamedTuple, TextIO

import httpx

from crypto.archive_reader import read_archive
from crypto.ballot import seal_ballot
from crypto.credential import decode_public_credentials, derive_secret
from crypto.election import Election, decode_election
from vote.credential.letter import Letter, decode_letters
from vote.demo.clerk import made_up_phone
from vote.demo.owner import Owner, Phones
from vote.demo.plan import PlannedVote, plan_votes
from vote.election.manifest import decode_manifest
from vote.election.packing import unpack
from vote.errors import Reason

AT_ONCE = 8
"""Owners who are casting at one moment."""
TRIES = 5
FEW = 12
"""Voters who are named to whoever started the crowd."""


def seal(election: bytes, secret: int, choices: list[list[int]]) -> bytes:
    """Return a sealed ballot; the randomness is gone with the function."""
    return seal_ballot(_decoded(election), secret, choices, secrets.token_bytes)


@lru_cache(maxsize=1)
def _decoded(election: bytes) -> Election:
    return decode_election(election)


class SealedVote(NamedTuple):
    """A ballot ready to be cast, and the line that the record gets when it is accepted."""

    entitlement: int
    ballot: bytes
    line: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who votes in one election."""

    client: httpx.AsyncClient
    uuid: str
    record: TextIO
    receipts: Path
    late: list[int] = field(default_factory=list)
    """Who came after closing: their ballots do not count, as with everybody who comes too late."""

    async def cast_all(self, votes: Sequence[SealedVote]) -> None:
        """Cast every vote; a second one of the same owner after the first was answered."""
        first = {vote.entitlement: vote for vote in reversed(votes)}
        second = [vote for vote in votes if first[vote.entitlement] is not vote]
        for wave in ([vote for vote in votes if first[vote.entitlement] is vote], second):
            waiting = iter(wave)
            await asyncio.gather(*(self._cast_next(waiting) for _ in range(AT_ONCE)))

    async def impersonate(self, ballot: bytes) -> None:
        """Cast a ballot in somebody else's name; its receipt is not the owner's."""
        await self._send(ballot)

    async def _cast_next(self, waiting: Iterator[SealedVote]) -> None:
        for vote in waiting:
            receipt = await self._send(vote.ballot)
            if receipt is None:
                self.late.append(vote.entitlement)
                continue
            (self.receipts / f"{vote.entitlement}.json").write_bytes(receipt)
            self.record.write(vote.line)

    async def _send(self, ballot: bytes) -> bytes | None:
        """Send the sealed bytes until they are acknowledged, and return the receipt, or None if it is too late.

        What is sent again is the same ballot, never a new one.
        """
        for attempt in range(TRIES):
            try:
                answer = await self.client.post(
                    f"/api/elections/{self.uuid}/ballots",
                    content=ballot,
                    headers={"Content-Type": "application/json"},
                )
            except httpx.TransportError:
                await asyncio.sleep(0.2 * 2**attempt)
                continue
            if answer.status_code in {HTTPStatus.CREATED, HTTPStatus.OK}:
                return answer.content
            if answer.status_code == HTTPStatus.CONFLICT and answer.json()["reason"] == Reason.POLLS_CLOSED:
                return None
            if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise RuntimeError(f"a ballot was refused: {answer.json()['detail']}")
            await asyncio.sleep(0.2 * 2**attempt)
        raise RuntimeError("the server does not answer")


async def make_keys(
    client: httpx.AsyncClient, election: Election, letters: Sequence[Letter], messages: Path | None, first_phone: int
) -> dict[int, int]:
    """Return the voting key of each letter's owner; of two parts, the second comes for a code sent to the phone."""
    if messages is None:
        return {letter.entitlement: derive_secret(letter.election, letter.credential) for letter in letters}
    text = (await client.get(f"/elections/{election.uuid}/agreement-text")).raise_for_status().content
    phones, waiting, keys = Phones(messages), iter(letters), dict[int, int]()

    async def make_next() -> None:
        for letter in waiting:
            owner = Owner(client, phones, f"+86{made_up_phone(first_phone + letter.entitlement)}")
            keys[letter.entitlement] = await owner.make_key(letter, election.fingerprint, text)

    await asyncio.gather(*(make_next() for _ in range(AT_ONCE)))
    return keys


def seal_all(
    election: bytes, votes: Sequence[PlannedVote], keys: Mapping[int, int], areas: Mapping[str, int]
) -> list[SealedVote]:
    """Seal every vote, on all cores; `areas` gives the area in dm² of each public credential."""
    with ProcessPoolExecutor(os.cpu_count()) as sealers:
        secrets_ = [keys[vote.entitlement] for vote in votes]
        ballots = sealers.map(seal, repeat(election), secrets_, [vote.choices for vote in votes], chunksize=16)
        return [
            SealedVote(vote.entitlement, ballot, _line(vote, areas[json.loads(ballot)["credential"]]))
            for vote, ballot in zip(votes, ballots, strict=True)
        ]


def _line(vote: PlannedVote, area_dm2: int) -> str:
    return json.dumps({"entitlement": vote.entitlement, "area_dm2": area_dm2, "choices": vote.choices}) + "\n"


def read_areas(archive: bytes, base: int) -> dict[str, int]:
    """Return the area in dm² that each public credential carries, from the set-up in the archive."""
    credentials = decode_public_credentials(read_archive(archive).setup.credentials)
    return {credential.public: unpack(credential.weight, base).area_dm2 for credential in credentials}


async def run(options: argparse.Namespace) -> None:
    """Seal every planned ballot, then cast them all; print how many were in time, how many late, in how many seconds."""
    async with httpx.AsyncClient(base_url=options.url, timeout=60, trust_env=False) as client:
        pages = f"/elections/{options.election}"
        election = (await client.get(f"{pages}/election.json")).raise_for_status().content
        manifest = decode_manifest((await client.get(f"{pages}/manifest.json")).raise_for_status().content)
        archive = (await client.get(f"{pages}/{options.election}.bel")).raise_for_status().content
        letters = {letter.entitlement: letter for letter in decode_letters(options.letters.read_bytes())}
        votes = plan_votes(manifest.questions, sorted(letters), options.turnout, options.seed)
        voters = {vote.entitlement for vote in votes}
        taken = next((owner for owner in letters if owner not in voters), None)
        messages = options.messages if manifest.credential_parts > 1 else None
        wanted = [letter for owner, letter in letters.items() if owner in voters or owner == taken]
        keys = await make_keys(client, _decoded(election), wanted, messages, options.first_phone)
        sealed = seal_all(election, votes, keys, read_areas(archive, manifest.base))
        options.receipts.mkdir(exist_ok=True)
        with options.votes.open("w") as record:
            started = time.perf_counter()
            crowd = Crowd(client, options.election, record, options.receipts)
            await crowd.cast_all(sealed)
            seconds = time.perf_counter() - started
        if taken is not None:
            await crowd.impersonate(seal(election, keys[taken], votes[0].choices))
    figures = {
        "ballots": len(sealed) - len(crowd.late),
        "late": len(crowd.late),
        "seconds": round(seconds, 3),
        "voters": [vote.entitlement for vote in votes if vote.entitlement not in crowd.late][:FEW],
        "impersonated": taken,
    }
    print(json.dumps(figures))  # noqa: T201 - for whoever started it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the crowd; return 0 unless a ballot that was in time was refused."""
    parser = argparse.ArgumentParser(prog="python -m vote.demo.crowd")
    for name, kind in (("url", str), ("election", str), ("letters", Path), ("votes", Path), ("receipts", Path)):
        parser.add_argument(f"--{name}", type=kind, required=True)
    parser.add_argument("--messages", type=Path)
    for name in ("turnout", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--first-phone", type=int, default=0)
    asyncio.run(run(parser.parse_args(arguments)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
