"""Prepare elections, seal them, open and close the polls."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import rfc8785

from crypto.commitment import commit
from crypto.credential import decode_public_credentials
from crypto.election import decode_election, encode_election
from crypto.encoding import hex_digest
from crypto.envelope import keyed_digest
from crypto.errors import CryptoError
from crypto.merkle import root
from crypto.randomness import Randomness
from crypto.trustees import decode_trustees
from vote.account.service import AccountService
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.election import rules
from vote.election.manifest import Manifest, describe, encode_manifest
from vote.election.packing import Measures, choose_base
from vote.election.rules import Draft, State
from vote.election.store import ElectionStore, SealedFiles, StoredElection
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.law.library import load_profile
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.role import Role
from vote.roll.store import RollStore

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
UUID_LENGTH = 14
ELECTORATE_DOMAIN = "electorate/1"


class KeyHolders(Protocol):
    """The trustees' side, which lies above this area."""

    async def trustees_json(self, uuid: str) -> bytes:
        """Return the finished `trustees.json`, or raise `RefusedError`."""


class Registrar(Protocol):
    """The registrar's side, which lies above this area."""

    async def public_credentials(self, uuid: str) -> bytes:
        """Return the finished `public_creds.json`, or raise `RefusedError`."""

    async def electorate(self, uuid: str) -> Sequence[tuple[int, int, str]]:
        """Return entitlement number, area in dm² and public credential of everyone."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The role keys handed out with a new draft; shown once."""

    registrar: str
    trustees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElectionService:
    """Elections from draft to closing."""

    store: ElectionStore
    estates: EstateStore
    rolls: RollStore
    log: LogStore
    accounts: AccountService
    key_holders: KeyHolders
    registrar: Registrar
    rng: Randomness
    key: bytes = field(repr=False)
    """Makes the salts of the electorate's commitments; each owner may learn the own one."""
    promise_key: str
    """The public key of the platform's promises, in hex."""
    demo: bool

    async def prepare(self, draft: Draft) -> tuple[str, Keys]:
        """Keep a draft; return its uuid and the keys for registrar and trustees.

        Raises:
            RefusedError: something is missing or does not go together.
        """
        profile = load_profile(draft.profile)
        rules.require_complete(draft, now=await database_now(), demo=self.demo)
        for ask in draft.asks:
            profile.matter(ask.matter, on=draft.opens_at.astimezone(CHINA).date())
        await self.estates.get_estate(draft.estate)
        roll = await self.rolls.get(draft.roll)
        if roll.estate != draft.estate or not roll.frozen:
            raise RefusedError(
                Reason.WRONG_STATE, "An election needs a frozen roll of its estate: freeze the roll first."
            )
        uuid = self._new_uuid()
        async with transaction():
            await self.store.add(uuid, draft)
            registrar = await self.accounts.issue(uuid, Role.REGISTRAR)
            trustees = [
                await self.accounts.issue(uuid, Role.TRUSTEE, index) for index in range(1, len(draft.trustees) + 1)
            ]
        return uuid, Keys(registrar, tuple(trustees))

    async def get(self, uuid: str) -> StoredElection:
        """Return an election.

        Raises:
            RefusedError: there is none of this uuid.
        """
        return await self.store.get(uuid)

    async def of_estate(self, estate: str) -> list[StoredElection]:
        """Return the elections of an estate, the latest first."""
        return await self.store.of_estate(estate)

    async def seal(self, uuid: str) -> StoredElection:
        """Fix everything: manifest, election, trustees' keys, credentials. Nothing of it changes afterwards.

        Raises:
            RefusedError: it is sealed already, its closing has passed, or keys or credentials are not complete.
        """
        trustees = await self.key_holders.trustees_json(uuid)
        credentials = await self.registrar.public_credentials(uuid)
        electorate = await self.registrar.electorate(uuid)
        async with transaction():
            stored = await self.store.get(uuid, lock=True)
            rules.require_step(stored.state, State.SEALED)
            now = await database_now()
            if now >= stored.draft.closes_at:
                raise RefusedError(Reason.WRONG_STATE, "Its closing time has passed: prepare a new election.")
            leaves = self._electorate_leaves(uuid, electorate)
            files = await self._files(stored, trustees, credentials, root(leaves).hex())
            await self.store.seal(uuid, files, now)
            facts: Facts = {
                "election": uuid,
                "fingerprint": files.fingerprint,
                "manifest": hex_digest(files.manifest),
                "trustees": hex_digest(trustees),
                "credentials": hex_digest(credentials),
            }
            await self.log.append(stored.draft.estate, Kind.ELECTION_SEALED, facts, now)
        return await self.store.get(uuid)

    async def open_due(self) -> list[str]:
        """Open the polls of every sealed election whose time has come; return which."""
        opened = []
        for uuid in await self.store.to_open(await database_now()):
            try:
                await self.open(uuid)
            except RefusedError:
                continue
            opened.append(uuid)
        return opened

    async def open(self, uuid: str) -> None:
        """Open the polls.

        Raises:
            RefusedError: the election is not sealed, or it is too early.
        """
        async with transaction():
            stored = await self.store.get(uuid, lock=True)
            rules.require_step(stored.state, State.OPEN)
            now = await database_now()
            if now < stored.draft.opens_at:
                raise RefusedError(
                    Reason.WRONG_STATE, f"Voting opens at {stored.draft.opens_at:%Y-%m-%d %H:%M:%S} UTC."
                )
            await self.store.open(uuid)
            await self.log.append(stored.draft.estate, Kind.ELECTION_OPENED, {"election": uuid}, now)

    async def electorate_leaves(self, uuid: str) -> list[bytes]:
        """Return the commitments that the electorate root is made of, by entitlement number."""
        return self._electorate_leaves(uuid, await self.registrar.electorate(uuid))

    def _electorate_leaves(self, uuid: str, electorate: Sequence[tuple[int, int, str]]) -> list[bytes]:
        return [
            commit(
                ELECTORATE_DOMAIN,
                keyed_digest(self.key, ELECTORATE_DOMAIN, f"{uuid}/{number}"),
                rfc8785.dumps([number, area_dm2, public]),
            )
            for number, area_dm2, public in electorate
        ]

    def _new_uuid(self) -> str:
        number = int.from_bytes(self.rng(32), "big")
        digits = []
        for _ in range(UUID_LENGTH):
            number, digit = divmod(number, len(_BASE58))
            digits.append(_BASE58[digit])
        return "".join(digits)

    async def _files(
        self, stored: StoredElection, trustees: bytes, credentials: bytes, electorate_root: str
    ) -> SealedFiles:
        draft = stored.draft
        roll = await self.rolls.get(draft.roll)
        place = await self.estates.get_estate(draft.estate)
        profile = load_profile(draft.profile)
        base = choose_base(roll.heads)
        if len(decode_public_credentials(credentials)) != roll.heads:
            raise RefusedError(Reason.WRONG_STATE, "There must be one credential for each entitlement of the roll.")
        manifest = encode_manifest(
            Manifest(
                uuid=stored.uuid,
                estate={
                    "id": place.id,
                    "name": place.name,
                    "community": place.community,
                    "sub_district": place.sub_district,
                    "county": place.county,
                },
                title=draft.title,
                demo=self.demo,
                profile={"id": profile.id, "version": profile.version, "digest": profile.digest},
                secrecy=draft.secrecy,
                credential_parts=1,
                channels=("online",),
                opens_at=_moment(draft.opens_at),
                closes_at=_moment(draft.closes_at),
                grace_seconds=rules.GRACE_SECONDS,
                electorate=Measures(roll.heads, roll.area_dm2),
                base=base,
                roll_root=roll.root or "",
                electorate_root=electorate_root,
                trustees={
                    "size": len(draft.trustees),
                    "threshold": draft.threshold,
                    "names": list(draft.trustees),
                    "sha256": hex_digest(trustees),
                },
                credentials_sha256=hex_digest(credentials),
                promise_key=self.promise_key,
                changes={
                    "extension": "none",
                    "withdrawal": "stays printed, cannot be elected",
                    "late_roll_error": "margin",
                },
                questions=draft.asks,
            )
        )
        try:
            election = encode_election(
                stored.uuid,
                draft.title,
                describe(manifest, base),
                decode_trustees(trustees).public_key,
                [ask.question() for ask in draft.asks],
            )
        except CryptoError as error:
            raise RefusedError(Reason.MALFORMED, f"The election cannot be sealed: {error}.") from None
        return SealedFiles(manifest, election, trustees, credentials, decode_election(election).fingerprint)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
