"""A small election under keys that three trustees made, with archives that can be spoilt."""

import dataclasses
from collections.abc import Sequence
from functools import cache

from crypto.archive import ArchiveWriter
from crypto.ballot import seal_ballot
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.credential import WeightedCredential, derive_secret, encode_public_credentials, public_credential
from crypto.election import decode_election, encode_election
from crypto.question import Question
from crypto.trustees import decode_trustees
from tests.crypto.archives import TIMESTAMP
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded
from vote.election.manifest import describe

UUID = "DQB53CqA1UtMwz"
OTHER_UUID = "Ddp2RtfN1U8EFV"
AREAS = 9000, 12000, 15000
BASE = 10
QUESTION = Question("是否同意管理规约", ("同意", "反对", "弃权"), minimum=1, maximum=1, blank=False)
DESCRIPTION = describe(b"{}", BASE)


@cache
def ceremony() -> Ceremony:
    """Two of three trustees, finished."""
    return Ceremony(3, 2).run_until(Round.KEYS)


@cache
def trustees_json() -> bytes:
    return assemble_trustees(ceremony().board)


@dataclasses.dataclass(frozen=True)
class SmallElection:
    """What an archive is written from."""

    trustees: bytes
    uuid: str = UUID
    description: str = DESCRIPTION
    votes: tuple[int, ...] = (0, 1, 2, 0)
    """Who votes, in order; all say yes but the third owner."""

    def secret(self, owner: int) -> int:
        return derive_secret(self.uuid, f"owner {owner}")

    @property
    def election(self) -> bytes:
        key = decode_trustees(self.trustees).public_key
        return encode_election(self.uuid, "测试", self.description, key, [QUESTION])

    @property
    def credentials(self) -> bytes:
        return encode_public_credentials(
            WeightedCredential(public_credential(self.secret(owner)), area * BASE + 1)
            for owner, area in enumerate(AREAS)
        )

    def ballots(self) -> list[bytes]:
        election, rng = decode_election(self.election), seeded(4)
        choices = {0: [1, 0, 0], 1: [1, 0, 0], 2: [0, 1, 0]}
        return [seal_ballot(election, self.secret(owner), [choices.get(owner, [1, 0, 0])], rng) for owner in self.votes]

    def begun(self, ballots: Sequence[bytes] | None = None) -> tuple[ArchiveWriter, bytes]:
        """Return a writer and an archive in which voting goes on."""
        writer = ArchiveWriter(TIMESTAMP)
        data = writer.begin() + writer.setup(self.election, self.trustees, self.credentials)
        ballots = self.ballots() if ballots is None else ballots
        return writer, data + b"".join(map(writer.ballot, ballots))

    def ended(self, ballots: Sequence[bytes] | None = None) -> bytes:
        """Return an archive in which voting has ended."""
        writer, data = self.begun(ballots)
        return data + writer.end_ballots()
