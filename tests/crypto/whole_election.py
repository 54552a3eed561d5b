"""A whole election of three questions, eight owners and two trustees of three, as an archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from crypto.archive import ArchiveWriter, Setup
from crypto.audit import AuditedSetup, audit_setup, check_ballot
from crypto.ballot import Ballot, seal_ballot
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.credential import WeightedCredential, derive_secret, encode_public_credentials, public_credential
from crypto.election import encode_election
from crypto.question import Question
from crypto.result import encode_result
from crypto.share import make_share
from crypto.tally import PartialSum, effective_ballots, encode_tally, sum_slice
from crypto.trustees import decode_trustees
from tests.crypto.archives import TIMESTAMP
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded

UUID = "DQB53CqA1UtMwz"
BASE = 10000
"""Packs the floor area in dm2 and one head into a weight."""
AREAS = 8937, 10312, 15003, 9041, 8937, 570000, 8650, 12050
QUESTIONS = (
    Question("选举委员", ("张三", "李四", "王五"), minimum=0, maximum=2, blank=False),
    Question("是否同意管理规约", ("同意", "反对", "弃权"), minimum=1, maximum=1, blank=False),
    Question("是否续聘", ("同意", "反对"), minimum=1, maximum=1, blank=True),
)
VOTES: tuple[tuple[int, tuple[tuple[int, ...], ...]], ...] = (
    (0, ((1, 1, 0), (1, 0, 0), (0, 1, 0))),
    (1, ((0, 1, 0), (0, 1, 0), (1, 0, 0))),
    (0, ((0, 0, 0), (1, 0, 0), (0, 1, 0))),
    (5, ((1, 0, 0), (0, 1, 0), (0, 1, 0))),
    (2, ((1, 1, 0), (1, 0, 0), (1, 0, 0))),
    (7, ((0, 1, 0), (1, 0, 0), (0, 1, 0))),
)
"""Voter and choices, in casting order; voter 0 votes twice, nobody chooses 王五, 弃权 or 反对 to the third question."""
TOTALS = (
    (585003 * BASE + 2, 37365 * BASE + 3, 0),
    (35990 * BASE + 3, 580312 * BASE + 2, 0),
    (25315 * BASE + 2, 590987 * BASE + 3, 0),
)
"""Added up by hand from `VOTES` and `AREAS`."""
CAST_WEIGHT = (8937 + 10312 + 570000 + 15003 + 12050) * BASE + 5


@dataclass(frozen=True)
class ElectionVector:
    """The parts of the election, and the archive they make."""

    votes: Sequence[tuple[int, tuple[tuple[int, ...], ...]]] = VOTES

    @cached_property
    def ceremony(self) -> Ceremony:
        return Ceremony(3, 2).run_until(Round.KEYS)

    @cached_property
    def secrets(self) -> list[int]:
        return [derive_secret(UUID, f"voter {index}") for index in range(len(AREAS))]

    @cached_property
    def documents(self) -> tuple[bytes, bytes, bytes]:
        trustees = assemble_trustees(self.ceremony.board)
        election = encode_election(UUID, "测试", "", decode_trustees(trustees).public_key, QUESTIONS)
        credentials = [
            WeightedCredential(public_credential(secret), area * BASE + 1)
            for secret, area in zip(self.secrets, AREAS, strict=True)
        ]
        return election, trustees, encode_public_credentials(credentials)

    @cached_property
    def setup(self) -> AuditedSetup:
        return audit_setup(Setup(*self.documents))

    @cached_property
    def ballots(self) -> list[bytes]:
        rng = seeded(3)
        return [seal_ballot(self.setup.election, self.secrets[voter], choices, rng) for voter, choices in self.votes]

    @cached_property
    def checked(self) -> list[Ballot]:
        return [check_ballot(self.setup, data, number) for number, data in enumerate(self.ballots, start=1)]

    @cached_property
    def total(self) -> PartialSum:
        return sum_slice(
            self.setup.election,
            [(each, self.setup.weights[each.credential]) for each in effective_ballots(self.checked)],
        )

    def share(self, owner: int) -> bytes:
        return make_share(self.setup.election, self.ceremony.secret(owner), self.total.tally, seeded(owner))

    def archive(
        self, shares: Mapping[int, bytes] | None = None, totals: Sequence[Sequence[int]] | None = TOTALS
    ) -> bytes:
        writer = ArchiveWriter(TIMESTAMP)
        parts = [writer.begin(), writer.setup(*self.documents), *map(writer.ballot, self.ballots)]
        parts += [
            writer.end_ballots(),
            writer.encrypted_tally(encode_tally(self.total.tally), self.total.num_tallied, self.total.total_weight),
        ]
        if shares is None:
            shares = {owner: self.share(owner) for owner in (1, 3)}
        parts += [writer.partial_decryption(owner, payload) for owner, payload in shares.items()]
        if totals is not None:
            parts.append(writer.result(encode_result(tuple(map(tuple, totals)))))
        return b"".join(parts)


VECTOR = ElectionVector()
