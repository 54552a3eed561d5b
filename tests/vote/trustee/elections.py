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
from crypto.encoding import hex_digest
from crypto.trustees import decode_trustees
from tests.crypto.archives import TIMESTAMP
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded
from tests.vote.terms import TERMS
from vote.election.ask import motion
from vote.election.manifest import Manifest, describe, encode_manifest
from vote.election.packing import Measures

UUID = "DQB53CqA1UtMwz"
OTHER_UUID = "Ddp2RtfN1U8EFV"
AREAS = 9000, 12000, 15000
BASE = 10
ASK = motion("1", "是否同意管理规约")


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
    description: str | None = None
    """Of another election than ours, which pins no manifest."""
    weighed: Sequence[int] = AREAS
    """The areas in the archive's list of credentials; in the manifest are those of `AREAS`."""
    title: str = "测试"
    closes_at: str = "2025-12-20T10:00:00Z"
    """In the past, since trustees' tools look at the clock."""
    votes: tuple[int, ...] = (0, 1, 2, 0)
    """Who votes, in order; all say yes but the third owner."""

    def secret(self, owner: int) -> int:
        return derive_secret(self.uuid, f"owner {owner}")

    @property
    def election(self) -> bytes:
        key = decode_trustees(self.trustees).public_key
        description = describe(self.manifest, BASE) if self.description is None else self.description
        return encode_election(self.uuid, self.title, description, key, [ASK.question()])

    @property
    def manifest(self) -> bytes:
        return encode_manifest(
            Manifest(
                uuid=self.uuid,
                estate=dict.fromkeys(("id", "name", "community", "sub_district", "county"), "e"),
                title="测试",
                demo=False,
                profile=dict.fromkeys(("id", "version", "digest"), "p"),
                secrecy="secret",
                channels=("online",),
                opens_at="2025-12-06T01:00:00Z",
                closes_at=self.closes_at,
                grace_seconds=60,
                electorate=Measures(len(AREAS), sum(AREAS)),
                base=BASE,
                roll_root="0" * 64,
                electorate_root="0" * 64,
                trustees={"size": 3, "threshold": 2, "names": ["甲", "乙", "丙"], "sha256": hex_digest(self.trustees)},
                credentials_sha256=hex_digest(self.credentials_of(AREAS)),
                promise_key="0" * 64,
                questions=(ASK,),
                **TERMS,
            )
        )

    def credentials_of(self, areas: Sequence[int]) -> bytes:
        return encode_public_credentials(
            WeightedCredential(public_credential(self.secret(owner)), area * BASE + 1)
            for owner, area in enumerate(areas)
        )

    def ballots(self) -> list[bytes]:
        election, rng = decode_election(self.election), seeded(4)
        choices = {0: [1, 0, 0], 1: [1, 0, 0], 2: [0, 1, 0]}
        return [seal_ballot(election, self.secret(owner), [choices.get(owner, [1, 0, 0])], rng) for owner in self.votes]

    def begun(self, ballots: Sequence[bytes] | None = None) -> tuple[ArchiveWriter, bytes]:
        """Return a writer and an archive in which voting goes on."""
        writer = ArchiveWriter(TIMESTAMP)
        data = writer.begin() + writer.setup(self.election, self.trustees, self.credentials_of(self.weighed))
        ballots = self.ballots() if ballots is None else ballots
        return writer, data + b"".join(map(writer.ballot, ballots))

    def ended(self, ballots: Sequence[bytes] | None = None) -> bytes:
        """Return an archive in which voting has ended."""
        writer, data = self.begun(ballots)
        return data + writer.end_ballots()
