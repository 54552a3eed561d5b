"""A whole election in memory, with everything that is published of it; every party is honest until told otherwise."""

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import rfc8785

from crypto.archive import ArchiveWriter, EncryptedTallyRecord, Setup
from crypto.audit import AuditedSetup, audit_setup
from crypto.ballot import decode_ballot, seal_ballot, tracker
from crypto.ceremony import assemble_trustees
from crypto.ceremony_post import Round
from crypto.commitment import commit
from crypto.credential import WeightedCredential, derive_secret, encode_public_credentials, public_credential
from crypto.credential_part import CredentialParts, combine_secret, encode_parts
from crypto.election import encode_election
from crypto.encoding import hex_digest
from crypto.merkle import root
from crypto.result import Totals, encode_result
from crypto.share import make_extra_proof, make_share
from crypto.signature import SigningKey, encode_public_key, sign
from crypto.tally import PartialSum, encode_tally, sum_slice
from crypto.trustees import decode_trustees
from tests.crypto.ceremonies import NAMES, Ceremony
from tests.disputed import Disputed
from tests.key_parts import prove_parts
from tests.strategies import seeded
from tests.vote.terms import TERMS
from vote.ballot.rules import PROMISE_DOMAIN, Promise, encode_box, encode_promise, encode_receipt, encode_set_aside
from vote.check.rules import encode_checked, encode_disputes
from vote.election.ask import Ask, election, motion
from vote.election.change import Change, effects_of, encode_changes_list
from vote.election.manifest import Manifest, decode_manifest, describe, encode_manifest
from vote.election.packing import Measures, choose_base, pack
from vote.law.library import DEFAULT_PROFILE, load_profile
from vote.roll.freeze import FrozenRoll, RollLine, freeze, public_roll
from vote.tally.finding import encode_result as encode_finding
from vote.tally.finding import find_result

UUID = "DQB53CqA1UtMwz"
"""That of every ceremony in the tests."""
PARTS = {
    "archive": f"{UUID}.bel",
    "manifest": "manifest.json",
    "roll_public": "roll-public.json",
    "parts": "parts.json",
    "changes_list": "changes.json",
    "box": "box.json",
    "set_aside": "set-aside.json",
    "disputes_list": "disputes.json",
    "check": "check.json",
    "share_proofs": "share-proofs.json",
    "result": "result.json",
}
"""The files of a bundle, by the property that holds them."""
FILES = tuple(name for part, name in PARTS.items() if part != "parts")
"""Those of an election whose voting keys have one part."""
TIMESTAMP = 1795485993
PLATFORM = SigningKey(bytes(range(32)))
AREAS = 8937, 10312, 15003, 570000
ASKS = (
    election("3", "选举业主委员会委员", ("张三", "李四", "王五"), seats=2, alternates=1),
    motion("1", "是否同意管理规约"),
)
VOTES: tuple["Vote", ...] = (
    (1, ((1, 1, 0, 0), (1, 0, 0))),
    (4, ((1, 0, 0, 0), (1, 0, 0))),
    (2, ((0, 0, 0, 1), (0, 1, 0))),
    (1, ((0, 1, 0, 0), (0, 0, 1))),
)
"""Entitlement 1 votes twice, 3 does not vote."""

T = TypeVar("T")
Choices = tuple[tuple[int, ...], ...]
Vote = tuple[int, Choices]
"""The number of an entitlement, from 1, and its choices per question."""


@functools.cache
def hold_ceremony(size: int, threshold: int) -> Ceremony:
    """Return a finished ceremony; it takes longer than the rest of a small election."""
    return Ceremony(size, threshold).run_until(Round.KEYS)


@dataclass(frozen=True)
class ElectionSimulator:
    """One election; its parts are made when they are first asked for."""

    areas: Sequence[int] = AREAS
    """dm2 (0.01 m2) of each entitlement."""
    asks: Sequence[Ask] = ASKS
    votes: Sequence[Vote] = VOTES
    """In the order of the archive."""
    trustees: int = 3
    threshold: int = 2
    lost: frozenset[int] = frozenset({2})
    """Trustees who bring no share."""
    seed: int = 1
    title: str = "第一次业主大会"
    weigh: Callable[[int, int], int] = pack
    """What the organiser makes of area and base."""
    alter: Callable[[Manifest], Manifest] = field(default=lambda manifest: manifest)
    """What the organiser does to the manifest before sealing it."""
    two_parts: bool = False
    """Whether voting keys have a second part, of the platform."""
    disputed: Disputed = field(default_factory=Disputed)
    changes: Sequence[Change] = ()
    """What was lawfully changed after sealing."""

    @property
    def owners(self) -> list[int]:
        """The trustees who bring their shares."""
        return [owner for owner in range(1, self.trustees + 1) if owner not in self.lost]

    @cached_property
    def base(self) -> int:
        return choose_base(len(self.areas))

    @cached_property
    def ceremony(self) -> Ceremony:
        return hold_ceremony(self.trustees, self.threshold)

    @cached_property
    def trustees_json(self) -> bytes:
        return assemble_trustees(self.ceremony.board)

    @cached_property
    def letters(self) -> list[int]:
        """The part of each voting key that is in the letter."""
        return [derive_secret(UUID, f"owner {number}") for number, _ in enumerate(self.areas, start=1)]

    @cached_property
    def secrets(self) -> list[int]:
        return [combine_secret(letter, self._platform(letter)) for letter in self.letters]

    def _platform(self, letter: int) -> int:
        return letter + 7 if self.two_parts else 0

    @cached_property
    def parts(self) -> bytes | None:
        return encode_parts(UUID, map(self.entry, self.letters)) if self.two_parts else None

    def entry(self, letter: int) -> CredentialParts:
        """Return both parts of a voting key, each proved by its maker."""
        return prove_parts(UUID, letter, self._platform(letter), self.seed)

    @cached_property
    def credentials(self) -> bytes:
        pairs = zip(self.secrets, self.areas, strict=True)
        return encode_public_credentials(
            WeightedCredential(public_credential(secret), self.weigh(area, self.base)) for secret, area in pairs
        )

    @cached_property
    def roll(self) -> FrozenRoll:
        lines = [
            RollLine(number, (f"{number}幢1单元101室",), "王*", area) for number, area in enumerate(self.areas, start=1)
        ]
        return freeze(lines, seeded(self.seed))

    @cached_property
    def electorate_leaves(self) -> list[bytes]:
        rng = seeded(self.seed + 1)
        return [
            commit("electorate/1", rng(32), rfc8785.dumps([number, area, public_credential(secret)]))
            for number, (area, secret) in enumerate(zip(self.areas, self.secrets, strict=True), start=1)
        ]

    @cached_property
    def roll_public(self) -> bytes:
        return rfc8785.dumps(
            {**public_roll(self.roll), "electorate_leaves": [leaf.hex() for leaf in self.electorate_leaves]}
        )

    @cached_property
    def manifest(self) -> bytes:
        profile = load_profile(DEFAULT_PROFILE)
        honest = Manifest(
            uuid=UUID,
            estate={"id": "e1", "name": "银河湾", "community": "c", "sub_district": "s", "county": "嘉善"},
            title=self.title,
            demo="DEMO" in self.title,
            profile={"id": profile.id, "version": profile.version, "digest": profile.digest},
            secrecy="secret",
            channels=("online",),
            opens_at="2026-12-06T01:00:00Z",
            closes_at="2026-12-20T10:00:00Z",
            grace_seconds=60,
            electorate=Measures(len(self.areas), sum(self.areas)),
            base=self.base,
            roll_root=root(self.roll.leaves).hex(),
            electorate_root=root(self.electorate_leaves).hex(),
            trustees={
                "size": self.trustees,
                "threshold": self.threshold,
                "names": list(NAMES[: self.trustees]),
                "sha256": hex_digest(self.trustees_json),
            },
            credentials_sha256=hex_digest(self.credentials),
            promise_key=encode_public_key(PLATFORM.public),
            questions=tuple(self.asks),
            **{**TERMS, **self._pinned_parts()},
        )
        return encode_manifest(self.alter(honest))

    def _pinned_parts(self) -> dict[str, Any]:
        if self.parts is None:
            return {}
        return {"credential_parts": 2, "credential_parts_sha256": hex_digest(self.parts)}

    @cached_property
    def election(self) -> bytes:
        return encode_election(
            UUID,
            self.title,
            describe(self.manifest, decode_manifest(self.manifest).base),
            decode_trustees(self.trustees_json).public_key,
            [ask.question() for ask in self.asks],
        )

    @cached_property
    def setup(self) -> AuditedSetup:
        return audit_setup(Setup(self.election, self.trustees_json, self.credentials))

    @cached_property
    def accepted(self) -> list[bytes]:
        """Every ballot that came into the box."""
        return [self.seal(number, choices, position) for position, (number, choices) in enumerate(self.votes)]

    @cached_property
    def ballots(self) -> list[bytes]:
        """Those of the archive."""
        return self._kept(self.accepted)

    def _kept(self, values: Sequence[T]) -> list[T]:
        return [value for position, value in enumerate(values) if position not in self.disputed.aside]

    def seal(self, number: int, choices: Choices, seed: int) -> bytes:
        """Return a ballot of entitlement `number`."""
        return seal_ballot(self.setup.election, self.secrets[number - 1], choices, seeded(1000 * self.seed + seed))

    @cached_property
    def counted(self) -> dict[int, Choices]:
        """The choices that count, by entitlement: the last of each."""
        return dict(self._kept(self.votes))

    @cached_property
    def cast(self) -> Measures:
        return Measures(len(self.counted), sum(self.areas[number - 1] for number in self.counted))

    @cached_property
    def totals(self) -> Totals:
        """Added up from the votes in the clear, without any cryptography."""
        return tuple(
            tuple(
                sum(
                    choices[index][choice] * self.weigh(self.areas[number - 1], self.base)
                    for number, choices in self.counted.items()
                )
                for choice in range(len(ask.choices))
            )
            for index, ask in enumerate(self.asks)
        )

    @cached_property
    def cast_weight(self) -> int:
        return sum(self.weigh(self.areas[number - 1], self.base) for number in self.counted)

    @cached_property
    def total(self) -> PartialSum:
        last = {number: position for position, (number, _) in enumerate(self._kept(self.votes))}
        return self.sum_of(sorted(last.values()))

    def sum_of(self, positions: Iterable[int]) -> PartialSum:
        """Return the sealed sum of the ballots at these positions."""
        ballots = [decode_ballot(self.ballots[position], self.setup.election) for position in positions]
        return sum_slice(self.setup.election, [(each, self.setup.weights[each.credential]) for each in ballots])

    @cached_property
    def record(self) -> EncryptedTallyRecord:
        return EncryptedTallyRecord(encode_tally(self.total.tally), self.total.num_tallied, self.total.total_weight)

    def share(self, owner: int) -> bytes:
        return make_share(self.setup.election, self.ceremony.secret(owner), self.total.tally, seeded(owner))

    def extra_proof(self, owner: int) -> bytes:
        secret = self.ceremony.secret(owner)
        return make_extra_proof(
            self.setup.election, owner, secret, self.total.tally, self.share(owner), seeded(90 + owner)
        )

    @cached_property
    def share_proofs(self) -> bytes:
        proofs: Any = [{"trustee": owner, "proof": self.extra_proof(owner).decode()} for owner in self.owners]
        return rfc8785.dumps({"version": 1, "election": UUID, "proofs": proofs})

    @cached_property
    def archive(self) -> bytes:
        return self.archive_of()

    def archive_of(
        self,
        *,
        ballots: Sequence[bytes] | None = None,
        record: EncryptedTallyRecord | None = None,
        shares: Sequence[tuple[int, bytes]] | None = None,
        totals: Totals | None = None,
    ) -> bytes:
        """Return a whole archive of which some parts are others."""
        writer = ArchiveWriter(TIMESTAMP)
        begun = self._begin(writer, self.ballots if ballots is None else ballots)
        record = record or self.record
        parts = [begun, writer.end_ballots()]
        parts.append(writer.encrypted_tally(record.tally, record.num_tallied, record.total_weight))
        if shares is None:
            shares = [(owner, self.share(owner)) for owner in self.owners]
        parts += [writer.partial_decryption(owner, share) for owner, share in shares]
        return b"".join((*parts, writer.result(encode_result(totals or self.totals))))

    def unfinished_archive(self, *, ended: bool) -> bytes:
        """Return the archive before anything is added up."""
        writer = ArchiveWriter(TIMESTAMP)
        begun = self._begin(writer, self.ballots)
        return begun + writer.end_ballots() if ended else begun

    @property
    def setup_archive(self) -> bytes:
        """Return the archive as it is until the ballots are checked."""
        return self._begin(ArchiveWriter(TIMESTAMP), [])

    def _begin(self, writer: ArchiveWriter, ballots: Sequence[bytes]) -> bytes:
        setup = writer.begin() + writer.setup(self.election, self.trustees_json, self.credentials)
        return setup + b"".join(map(writer.ballot, ballots))

    @cached_property
    def result(self) -> bytes:
        made, manifest = effects_of(self.changes), decode_manifest(self.manifest)
        found = find_result(manifest, self.totals, self.cast_weight, made.withdrawn, made.correction)
        return encode_finding(found)

    def receipt(self, position: int, **changes: Any) -> bytes:
        """Return the receipt of the ballot at `position`, or one that promises something else."""
        number = self.votes[position][0]
        promise = Promise(
            origin="https://shanzhi.example",
            election=UUID,
            fingerprint=self.setup.election.fingerprint,
            tracker=tracker(self.accepted[position]),
            sequence=[voter for voter, _ in self.votes[: position + 1]].count(number),
            received_at="2026-12-07T02:03:04.567Z",
            delay_seconds=86400,
        )
        payload = encode_promise(replace(promise, **changes))
        return encode_receipt(payload, sign(PLATFORM, PROMISE_DOMAIN, payload))

    @cached_property
    def changes_list(self) -> bytes:
        return encode_changes_list(UUID, self.changes)

    @cached_property
    def box(self) -> bytes:
        return encode_box(UUID, [tracker(ballot) for ballot in self.accepted])

    @cached_property
    def set_aside(self) -> bytes:
        aside = self.disputed.aside.items()
        return encode_set_aside(UUID, [(tracker(self.accepted[position]), str(kind)) for position, kind in aside])

    @cached_property
    def disputes_list(self) -> bytes:
        return encode_disputes(UUID, self.disputed.disputes)

    @cached_property
    def check(self) -> bytes:
        sealed = decode_manifest(self.manifest).electorate
        return encode_checked(self.disputed.check(UUID, sealed, effects_of(self.changes), self.cast, self.areas))

    def files_with(self, **changes: bytes | None) -> dict[str, bytes]:
        """Return the bundle with some of `PARTS` changed, or left out."""
        made = {name: changes[part] if part in changes else getattr(self, part) for part, name in PARTS.items()}
        return {name: data for name, data in made.items() if data is not None}

    def write(self, folder: Path, **changes: bytes | None) -> Path:
        """Write the bundle, as `files_with` returns it."""
        for name, data in self.files_with(**changes).items():
            (folder / name).write_bytes(data)
        return folder
