"""The owners of the demonstration: a process of their own that holds letters, seals ballots and casts them over HTTP.

It knows no more than owners do: the letters, the public files, and what each owner wants.
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
from vote.demo.plan import PlannedVote, plan_votes
from vote.election.manifest import decode_manifest
from vote.election.packing import unpack
from vote.errors import Reason

AT_ONCE = 8
"""Owners who are casting at one moment."""
TRIES = 5


def seal(election: bytes, credential: str, choices: list[list[int]]) -> bytes:
    """Return a sealed ballot; the randomness is gone with the function."""
    decoded = _decoded(election)
    return seal_ballot(decoded, derive_secret(decoded.uuid, credential), choices, secrets.token_bytes)


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


def seal_all(
    election: bytes, votes: Sequence[PlannedVote], letters: Mapping[int, Letter], areas: Mapping[str, int]
) -> list[SealedVote]:
    """Seal every vote, on all cores; `areas` gives the area in dm² of each public credential."""
    with ProcessPoolExecutor(os.cpu_count()) as sealers:
        credentials = [letters[vote.entitlement].credential for vote in votes]
        ballots = sealers.map(seal, repeat(election), credentials, [vote.choices for vote in votes], chunksize=16)
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
        sealed = seal_all(election, votes, letters, read_areas(archive, manifest.base))
        options.receipts.mkdir(exist_ok=True)
        with options.votes.open("w") as record:
            started = time.perf_counter()
            crowd = Crowd(client, options.election, record, options.receipts)
            await crowd.cast_all(sealed)
            seconds = time.perf_counter() - started
    figures = {"ballots": len(sealed) - len(crowd.late), "late": len(crowd.late), "seconds": round(seconds, 3)}
    print(json.dumps(figures))  # noqa: T201 - for whoever started it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the crowd; return 0 unless a ballot that was in time was refused."""
    parser = argparse.ArgumentParser(prog="python -m vote.demo.crowd")
    for name, kind in (("url", str), ("election", str), ("letters", Path), ("votes", Path), ("receipts", Path)):
        parser.add_argument(f"--{name}", type=kind, required=True)
    for name in ("turnout", "seed"):
        parser.add_argument(f"--{name}", type=int, required=True)
    asyncio.run(run(parser.parse_args(arguments)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
