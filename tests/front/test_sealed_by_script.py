"""Ballots that the worker of the voting page seals, run by Node, are ballots for everybody else."""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_archive
from crypto.ballot import tracker
from crypto.credential import derive_secret, generate_credential, public_credential
from crypto.election import Election
from tests.crypto.elections import SMALL, UUID, accept
from tests.crypto.whole_election import AREAS as WHOLE_AREAS
from tests.crypto.whole_election import TOTALS, ElectionVector
from tests.crypto.whole_election import UUID as WHOLE_UUID
from tests.foreign import belenios_verify
from tests.front.vectors import CREDENTIAL, SHAPES, THREE
from tests.front.worker import ask, seal, text_of
from tests.journeys.published import count, fetch
from tests.strategies import seeded
from tests.vote.assembly import Assembly, People
from tests.vote.platform import Platform
from tests.vote.verifier.running import run
from vote.election.ask import election, motion

AREAS = (8937, 10312, 15003, 9041, 8937)
ASKS = (
    motion("1", "是否通过《业主大会议事规则》"),
    election("3", "选举业主委员会委员（3名以内）", ("甲", "乙", "丙", "丁"), 3, 1, (0,)),
    motion("8", "是否同意利用共有部分设置快递柜"),
)
VOTES: tuple[tuple[int, list[list[int]]], ...] = (
    (1, [[1, 0, 0], [1, 1, 0, 0, 0], [0, 1, 0]]),
    (2, [[0, 0, 1], [1, 0, 0, 1, 0], [1, 0, 0]]),
    (3, [[1, 0, 0], [0, 0, 0, 0, 1], [1, 0, 0]]),
    (5, [[1, 0, 0], [1, 1, 0, 1, 0], [0, 1, 0]]),
    (1, [[0, 1, 0], [0, 0, 1, 0, 0], [1, 0, 0]]),
)
"""Owner and choices, in casting order; owner 1 votes twice, owner 4 not at all."""


def single(uuid: str, letter: str) -> dict[str, Any]:
    """Return the key of one part that a letter makes."""
    return {"letter": letter, "platform": None, "credential": public_credential(derive_secret(uuid, letter))}


def test_every_shape_of_a_ballot_is_accepted() -> None:
    cases: list[tuple[Election, list[list[int]]]] = [
        (SMALL, [[0, 0], [1, 0, 0]]),
        (SMALL, [[1, 1], [0, 1, 0]]),
        (THREE, [[1, 0, 1, 0, 1, 1, 1], [0, 1, 0], [0, 0, 1]]),
        (SHAPES, [[1], [0, 1, 1, 1], [0, 0, 0]]),
        (SHAPES, [[0], [1, 0, 0, 0], [0, 1, 1]]),
    ]
    key = single(UUID, CREDENTIAL)
    answers = ask(*(seal(asked, key, choices) for asked, choices in cases))
    for (asked, _), answer in zip(cases, answers, strict=True):
        data = answer["ballot"].encode()
        assert accept(data, asked).credential == key["credential"]
        assert answer["tracker"] == tracker(data)
    assert len({answer["tracker"] for answer in answers}) == len(cases)


def test_what_is_not_allowed_gets_a_reason_and_no_ballot() -> None:
    key = single(UUID, CREDENTIAL)
    wrong = {**key, "credential": public_credential(5)}
    answers = ask(seal(SMALL, key, [[1, 0], [1, 1, 0]]), seal(SMALL, wrong, [[1, 0], [1, 0, 0]]))
    assert [(answer["kind"], answer["reason"], "ballot" in answer) for answer in answers] == [
        ("refused", "choices", False),
        ("refused", "key", False),
    ]


class SealedByScript(ElectionVector):
    """The whole election, its ballots sealed by the worker."""

    @cached_property
    def letters(self) -> list[str]:
        return [generate_credential(seeded(70 + number)) for number in range(len(WHOLE_AREAS))]

    @cached_property
    def secrets(self) -> list[int]:
        return [derive_secret(WHOLE_UUID, letter) for letter in self.letters]

    @cached_property
    def ballots(self) -> list[bytes]:
        whole = self.setup.election
        asked = (seal(whole, single(WHOLE_UUID, self.letters[voter]), choices) for voter, choices in self.votes)
        return [answer["ballot"].encode() for answer in ask(*asked)]


@pytest.mark.belenios
def test_the_foreign_verifier_accepts_an_election_of_ballots_sealed_by_the_script(tmp_path: Path) -> None:
    archive = SealedByScript().archive()
    assert audit_archive(read_archive(archive)).totals == TOTALS
    (tmp_path / f"{WHOLE_UUID}.bel").write_bytes(archive)
    done = belenios_verify(tmp_path)
    assert done.returncode == 0, done.stderr


class VotingWithScript(Assembly):
    """Owners whose agreements and ballots the worker makes, from the letter and what the platform hands over."""

    def key(self, owner: int) -> dict[str, Any]:
        part = self.people.parts[owner]
        platform = {"part": str(part), "public": public_credential(part)}
        credential = public_credential(self.secret(owner))
        return {"letter": self.people.credentials[owner], "platform": platform, "credential": credential}

    async def agreement(self, owner: int) -> bytes:
        text = await self.platform.get(f"{self.pages}/agreement-text", key=None)
        request = {"kind": "agree", "election": text_of(await self.election()), "key": self.key(owner)}
        (answer,) = ask({**request, "text": text.decode()})
        signed: str = answer["agreement"]
        return signed.encode()

    async def ballot(self, owner: int, choices: Sequence[Sequence[int]]) -> bytes:
        await self.agree(owner)
        (answer,) = ask(seal(await self.election(), self.key(owner), choices))
        sealed: str = answer["ballot"]
        return sealed.encode()


async def test_an_election_by_script_is_held_and_verified(platform: Platform, tmp_path: Path) -> None:
    assembly = VotingWithScript(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare()
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    await assembly.open()
    receipts = {}
    for number, (owner, choices) in enumerate(VOTES):
        answer = await assembly.send(await assembly.ballot(owner, choices))
        assert answer.status_code == 201, answer.text
        receipts[str(number)] = answer.content
    await assembly.close()
    await assembly.check()
    await assembly.sum()
    await assembly.contribute(1)
    assert await assembly.contribute(3)
    result = json.loads(await platform.get(f"{assembly.pages}/result.json", key=None))
    counted = count(AREAS, dict(VOTES))
    assert [
        [(choice["heads"], choice["area_dm2"]) for choice in question["choices"]] for question in result["questions"]
    ] == counted
    done = run(await fetch(assembly, tmp_path / "published", receipts))
    assert done.exit_code == 0, done.output
