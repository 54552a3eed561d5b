"""A named election whose keys three trustees made, counted, with the papers for opening one of its ballots."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from crypto.archive import Archive, ArchiveWriter
from crypto.archive_reader import read_archive
from crypto.audit import audit_setup
from crypto.ballot import seal_ballot, tracker
from crypto.credential import WeightedCredential, derive_secret, encode_public_credentials, public_credential
from crypto.election import Election, decode_election, encode_election
from crypto.encoding import hex_digest
from crypto.opening_list import OpeningList, encode_opening_list, make_opening_list
from crypto.result import encode_result
from crypto.sealed_list import OfficeKey, seal_opening_list
from crypto.signature import SigningKey, encode_public_key, sign
from crypto.tally import encode_tally
from crypto.trustees import decode_trustees
from tests.crypto.archives import TIMESTAMP
from tests.strategies import seeded
from tests.vote.terms import OFFICES, TERMS
from tests.vote.trustee.elections import UUID, ceremony, trustees_json
from vote.certificate.opening_request import (
    DOMAIN,
    OpeningReason,
    OpeningRequest,
    encode_request,
    encode_signed_request,
)
from vote.election.ask import Ask, election, motion
from vote.election.manifest import Manifest, describe, encode_manifest
from vote.election.packing import Measures
from vote.election.terms import CERTIFYING
from vote.recount.counted import counted_trackers, pick_counted
from vote.trustee.memory import Memory, remember_opening
from vote.trustee.opening import open_total, recount

PLATFORM = SigningKey(b"p" * 32)
OFFICE_KEY = OfficeKey(b"o" * 32)
MOTION = motion("1", "是否同意管理规约")
COMMITTEE = election("3", "选举业主委员会委员", tuple("甲乙丙丁戊己庚辛壬癸"), 3, 1, (0,))
ASKS = (MOTION, COMMITTEE)
"""14 choices, so two chunks a ballot."""
YES, NO = (1, 0, 0), (0, 1, 0)
FIRST, LAST = (1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0)
NOBODY = (0,) * 11
Marks = Sequence[Sequence[int]]


@dataclass(frozen=True)
class NamedElection:
    """What is sealed, and what becomes of it."""

    votes: tuple[tuple[int, Marks], ...] = (
        (0, (NO, LAST)),
        (1, (YES, FIRST)),
        (2, (NO, LAST)),
        (0, (YES, NOBODY)),
    )
    """Owner and marks, in casting order; owner 0 thinks again."""
    areas: tuple[int, ...] = (9000, 12000, 15000)
    asks: tuple[Ask, ...] = ASKS
    secrecy: str = "named"
    office: OfficeKey = OFFICE_KEY
    platform: SigningKey = PLATFORM

    @property
    def base(self) -> int:
        return 10 ** len(str(len(self.areas)))

    @property
    def credentials(self) -> bytes:
        return encode_public_credentials(
            WeightedCredential(public_credential(_secret(owner)), area * self.base + 1)
            for owner, area in enumerate(self.areas)
        )

    @property
    def manifest(self) -> bytes:
        offices = {**OFFICES, CERTIFYING: replace(OFFICES[CERTIFYING], hpke=self.office.public.hex())}
        return encode_manifest(
            Manifest(
                uuid=UUID,
                estate=dict.fromkeys(("id", "name", "community", "sub_district", "county"), "e"),
                title="测试",
                demo=False,
                profile=dict.fromkeys(("id", "version", "digest"), "p"),
                secrecy=self.secrecy,
                channels=("online",),
                opens_at="2025-12-06T01:00:00Z",
                closes_at="2025-12-20T10:00:00Z",
                grace_seconds=60,
                electorate=Measures(len(self.areas), sum(self.areas)),
                base=self.base,
                roll_root="0" * 64,
                electorate_root="0" * 64,
                trustees={
                    "size": 3,
                    "threshold": 2,
                    "names": [key.name for key in decode_trustees(trustees_json()).keys],
                    "sha256": hex_digest(trustees_json()),
                },
                credentials_sha256=hex_digest(self.credentials),
                promise_key=encode_public_key(self.platform.public),
                questions=self.asks,
                **{**TERMS, "offices": offices},
            )
        )

    @property
    def json(self) -> bytes:
        key = decode_trustees(trustees_json()).public_key
        questions = [ask.question() for ask in self.asks]
        return encode_election(UUID, "测试", describe(self.manifest, self.base), key, questions)

    @property
    def election(self) -> Election:
        return decode_election(self.json)


@dataclass(frozen=True)
class Counted:
    """A named election after the count."""

    sealed: NamedElection
    ballots: tuple[bytes, ...]
    totals: tuple[tuple[int, ...], ...]
    """What the marks add up to, packed."""

    def archive(self, *, upto: str = "result") -> bytes:
        """Return the archive, `upto` an event of it: ballots, tally or result."""
        writer = ArchiveWriter(TIMESTAMP)
        data = writer.begin() + writer.setup(self.sealed.json, trustees_json(), self.sealed.credentials)
        data += b"".join(map(writer.ballot, self.ballots)) + writer.end_ballots()
        if upto == "ballots":
            return data
        read = read_archive(data)
        total = recount(audit_setup(read.setup), read, skip_proofs=True)
        data += writer.encrypted_tally(encode_tally(total.tally), total.num_tallied, total.total_weight)
        if upto == "tally":
            return data
        for trustee in (1, 2):
            share = open_total(
                Memory(ceremony().states[trustee]), audit_setup(read.setup), total.tally, seeded(trustee)
            )
            data += writer.partial_decryption(trustee, share.payload)
        return data + writer.result(encode_result(self.totals))

    def read(self, upto: str = "result") -> Archive:
        return read_archive(self.archive(upto=upto))

    def memory(self, trustee: int) -> Memory:
        """Return what a trustee's file remembers after opening the total."""
        archive = self.read("tally")
        setup = audit_setup(archive.setup)
        trackers = counted_trackers(archive.ballots, setup.weights)
        tally = recount(setup, archive, skip_proofs=True).tally
        return remember_opening(Memory(ceremony().states[trustee]), setup.election, tally, trackers)

    def opening_list(self, trustee: int) -> OpeningList:
        """Return a trustee's list, not sealed yet."""
        archive = self.read("tally")
        ballots = pick_counted(archive.ballots, audit_setup(archive.setup).weights).ballots
        return make_opening_list(self.sealed.election, trustee, ceremony().secret(trustee), ballots, seeded(trustee))

    def sealed_list(self, trustee: int, made: OpeningList | None = None) -> bytes:
        """Return a trustee's list, or another one in its name, sealed to the office."""
        content = encode_opening_list(made or self.opening_list(trustee))
        return seal_opening_list(self.sealed.election, trustee, self.sealed.office.public, content)

    def request(
        self,
        ballot: int,
        *,
        reason: OpeningReason = OpeningReason.OWNER_REQUEST,
        key: SigningKey | None = None,
        **changes: Any,
    ) -> bytes:
        """Return the platform's request to open ballot number `ballot`, from 0."""
        asked = OpeningRequest(
            UUID,
            self.sealed.election.fingerprint,
            7,
            tracker(self.ballots[ballot]),
            reason,
            "2027-01-05T01:00:00Z",
            told=True,
        )
        payload = encode_request(replace(asked, **changes))
        return encode_signed_request(payload, sign(key or self.sealed.platform, DOMAIN, payload))


@cache
def counted(sealed: NamedElection | None = None) -> Counted:
    """Hold the election."""
    sealed = sealed or NamedElection()
    rng, election_ = seeded(9), sealed.election
    ballots = tuple(seal_ballot(election_, _secret(owner), marks, rng) for owner, marks in sealed.votes)
    last = dict(sealed.votes)
    weights = {owner: sealed.areas[owner] * sealed.base + 1 for owner in last}
    totals = tuple(
        tuple(sum(weights[owner] * marks[question][choice] for owner, marks in last.items()) for choice in range(size))
        for question, size in enumerate(len(ask.choices) for ask in sealed.asks)
    )
    return Counted(sealed, ballots, totals)


def _secret(owner: int) -> int:
    return derive_secret(UUID, f"owner {owner}")
