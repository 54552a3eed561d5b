"""Prepare elections, seal them, give notice, open the polls, make the changes that the sealed rules allow, annul."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import rfc8785

from crypto.commitment import commit
from crypto.credential import decode_public_credentials
from crypto.election import decode_election, encode_election
from crypto.encoding import hex_digest, read_json
from crypto.envelope import keyed_digest
from crypto.errors import CryptoError
from crypto.merkle import root
from crypto.randomness import Randomness
from crypto.trustees import decode_trustees
from vote.account.separation import Duty, find_separation, require_duties, require_separation
from vote.account.service import AccountService
from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.election import change, rules
from vote.election.annulment import Why, require_why
from vote.election.change import Change, Corrected, Prolonged, Withdrawn
from vote.election.manifest import ESTATE, Manifest, decode_manifest, describe, encode_manifest
from vote.election.neighbour import Box, KeyHolders, Registrar, Teller
from vote.election.office import Office, decode_office
from vote.election.packing import Measures, choose_base
from vote.election.paper_service import PaperService
from vote.election.quorum import has_quorum
from vote.election.rules import Draft, State
from vote.election.store import ElectionStore, SealedFiles, StoredElection
from vote.election.terms import OFFICES, Changes, Pools, encode_moment
from vote.errors import Reason, RefusedError
from vote.estate.rules import is_rehearsal
from vote.estate.store import EstateStore
from vote.law.library import load_profile
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.message.rules import extension, withdrawal
from vote.role import Keys, Role
from vote.roll.store import RollStore

ELECTORATE_DOMAIN = "electorate/1"


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
    box: Box
    papers: PaperService
    rng: Randomness
    key: bytes = field(repr=False)
    """Makes the salts of the electorate's commitments; each owner may learn the own one."""
    promise_key: str
    """The public key of the platform's promises, in hex."""
    demo: bool
    teller: Teller | None = None
    """Tells owners of changes; None where nobody is told."""

    async def prepare(self, draft: Draft, duties: Sequence[Duty]) -> tuple[str, Keys]:
        """Keep a draft; return its uuid and the keys for everybody who has a duty in it.

        Raises:
            RefusedError: something is missing or does not go together.
        """
        profile = load_profile(draft.profile)
        rules.require_complete(draft, now=await database_now(), demo=self.demo or is_rehearsal(draft.estate))
        require_duties(duties, len(draft.trustees))
        if [duty.person for duty in duties if duty.role is Role.TRUSTEE] != list(draft.trustees):
            raise RefusedError(
                Reason.MALFORMED,
                "The duties name other trustees than the draft, or in another order.",
                zh="开箱人的名单和草稿里的不一样，或者顺序变了。请刷新后重新填。",
            )
        require_separation(find_separation(duties, draft.threshold), too_few_staff=draft.too_few_staff)
        for ask in draft.asks:
            profile.matter(ask.matter, on=draft.opens_at.astimezone(CHINA).date())
        await self.estates.get_estate(draft.estate)
        roll = await self.rolls.get(draft.roll)
        rules.require_frozen_roll(frozen=roll.frozen and roll.estate == draft.estate)
        uuid = rules.new_uuid(self.rng)
        async with transaction():
            await self.store.add(uuid, draft)
            keys = await self.accounts.issue_all(uuid, duties)
        return uuid, Keys(keys)

    async def bring_office(self, uuid: str, data: bytes, *, by_staff: bool = False) -> None:
        """Keep the public keys of an office, in place of earlier ones, while the election is prepared.

        Raises:
            RefusedError: it is none, the election is no draft any more, or staff bring it although somebody signed in for it.
        """
        try:
            office = decode_office(data)
        except CryptoError as error:
            raise RefusedError(
                Reason.MALFORMED, f"{error}.", zh="交来的文件不对，请选做好的那个文件再交一次。"
            ) from None
        async with transaction():
            stored = await self.store.get(uuid, lock=True)
            rules.require_state(stored.state, State.DRAFT)
            if by_staff and await self.accounts.is_held(uuid, Role(office.office)):
                raise RefusedError(
                    Reason.NOT_ALLOWED,
                    "Somebody has signed in for this office: they bring its keys themselves.",
                    zh="这个单位已经有人登录担任，签章要由本人来交。",
                )
            await self.store.keep_office(uuid, office.office, data)

    async def offices(self, uuid: str) -> dict[str, Office]:
        """Return the offices whose keys were handed in."""
        return {name: decode_office(data) for name, data in (await self.store.offices(uuid)).items()}

    async def get(self, uuid: str) -> StoredElection:
        """Return an election.

        Raises:
            RefusedError: there is none of this uuid.
        """
        return await self.store.get(uuid)

    async def is_checked(self, uuid: str) -> bool:
        """Whether the ballots were checked, so that they are published."""
        return await self.store.is_checked(uuid)

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
            rules.require_time_left(now, stored.draft.closes_at)
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

    async def notice(self, uuid: str) -> None:
        """Record that every owner was given written notice today.

        Raises:
            RefusedError: the election is not sealed, or too few full days are left until opening.
        """
        async with transaction():
            stored = await self.store.get(uuid, lock=True)
            rules.require_step(stored.state, State.NOTICED)
            now = await database_now()
            periods = decode_manifest(stored.sealed().manifest).periods
            change.require_notice(now, stored.draft.opens_at, periods.notice_days)
            await self.store.notice(uuid, now)
            await self.log.append(stored.draft.estate, Kind.ELECTION_NOTICED, {"election": uuid}, now)

    async def extend(self, uuid: str, until: datetime) -> None:
        """Let voting go on, as the sealed rules allow, for want of turnout.

        Raises:
            RefusedError: voting is not going on, or the rules do not allow it.
        """
        async with transaction():
            stored = await self.store.get(uuid, lock=True)
            rules.require_state(stored.state, State.OPEN)
            now = await database_now()
            now = max(now, stored.ended_at or now)
            manifest = decode_manifest(stored.sealed().manifest)
            made = await self.changes(uuid)
            change.require_extension(
                manifest.changes,
                until,
                now=now,
                closes_at=stored.closes_at,
                before=sum(isinstance(each, Prolonged) for each in made),
                quorate=has_quorum(
                    manifest, change.correct(manifest.electorate, made), await self.box.turnout(uuid, manifest.base)
                ),
            )
            await self.store.extend(uuid, until)
            await self._keep_change(stored, Kind.ELECTION_EXTENDED, Prolonged(until), now)
            if self.teller:
                await self.teller.tell_all(stored, lambda estate, desk: extension(estate, until, desk))

    async def withdraw(self, uuid: str, withdrawn: Withdrawn) -> None:
        """Record that a candidate withdraws; the name stays on the ballot.

        Raises:
            RefusedError: there is no such candidate, or the totals are open already.
        """
        async with transaction():
            stored = await self._require_changeable(uuid)
            change.require_withdrawal(stored.draft.asks, withdrawn, await self.changes(uuid))
            now = await database_now()
            await self._keep_change(stored, Kind.CANDIDATE_WITHDRAWN, withdrawn, now)
            # The message says that owners may vote again, which after closing they may not.
            if self.teller and now < stored.closes_at:
                await self.teller.tell_all(stored, lambda estate, _: withdrawal(estate, stored.closes_at))

    async def correct(self, uuid: str, corrected: Corrected) -> None:
        """Record by how much an error of the roll, found after sealing, changes the electorate's totals.

        Raises:
            RefusedError: it changes nothing or leaves nobody, or the totals are open already.
        """
        async with transaction():
            stored = await self._require_changeable(uuid)
            manifest = decode_manifest(stored.sealed().manifest)
            change.require_correction(change.correct(manifest.electorate, await self.changes(uuid)), corrected)
            await self._keep_change(stored, Kind.ROLL_CORRECTED, corrected, await database_now())

    async def annul(self, uuid: str, reason: str) -> None:
        """End an election without a result, for a reason of `annulment.Why`; nothing of it is deleted.

        Raises:
            RefusedError: it is certified, or annulled already, or the reason is none.
        """
        async with transaction():
            stored = await self.store.get(uuid, lock=True)
            rules.require_step(stored.state, State.ANNULLED)
            why = require_why(reason, draft=stored.state is State.DRAFT)
            now = await database_now()
            await self.store.advance(uuid, stored.state, State.ANNULLED)
            await self.store.add_annulment(uuid, why, now)
            facts: Facts = {"election": uuid, "reason": str(why)}
            await self.log.append(stored.draft.estate, Kind.ELECTION_ANNULLED, facts, now)

    async def annulled(self, uuid: str) -> tuple[Why, datetime] | None:
        """Return why and when an election was given up, if it was and the reason was kept."""
        return await self.store.annulment(uuid)

    async def changes(self, uuid: str) -> tuple[Change, ...]:
        """Return the lawful changes in the order made."""
        bodies = await self.store.changes(uuid)
        return tuple(
            change.decode_change(read_json(body, "change"), f"change {number}")
            for number, body in enumerate(bodies, start=1)
        )

    async def changes_json(self, uuid: str) -> bytes:
        """Return `changes.json`.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        await self.store.get(uuid)
        return change.encode_changes_list(uuid, await self.changes(uuid))

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
            RefusedError: no notice was given, or it is too early.
        """
        async with transaction():
            stored = await self.store.get(uuid, lock=True)
            rules.require_step(stored.state, State.OPEN)
            now = await database_now()
            rules.require_opening_time(now, stored.draft.opens_at)
            await self.store.open(uuid, now)
            await self.log.append(stored.draft.estate, Kind.ELECTION_OPENED, {"election": uuid}, now)

    async def electorate_leaves(self, uuid: str) -> list[bytes]:
        """Return the commitments that the electorate root is made of, by entitlement number."""
        return self._electorate_leaves(uuid, await self.registrar.electorate(uuid))

    async def _require_changeable(self, uuid: str) -> StoredElection:
        stored = await self.store.get(uuid, lock=True)
        rules.require_state(stored.state, State.SEALED, State.NOTICED, State.OPEN, State.CLOSED)
        return stored

    async def _keep_change(self, stored: StoredElection, kind: Kind, made: Change, now: datetime) -> None:
        body = change.encode_change(made)
        await self.store.add_change(stored.uuid, body["kind"], rfc8785.dumps(body), now)
        facts = {name: value for name, value in body.items() if name != "kind"}
        await self.log.append(stored.draft.estate, kind, {"election": stored.uuid, **facts}, now)

    def _electorate_leaves(self, uuid: str, electorate: Sequence[tuple[int, int, str]]) -> list[bytes]:
        return [
            commit(
                ELECTORATE_DOMAIN,
                keyed_digest(self.key, ELECTORATE_DOMAIN, f"{uuid}/{number}"),
                rfc8785.dumps([number, area_dm2, public]),
            )
            for number, area_dm2, public in electorate
        ]

    async def _files(
        self, stored: StoredElection, trustees: bytes, credentials: bytes, electorate_root: str
    ) -> SealedFiles:
        draft = stored.draft
        roll = await self.rolls.get(draft.roll)
        place = await self.estates.get_estate(draft.estate)
        profile = load_profile(draft.profile)
        base, demo = choose_base(roll.heads), self.demo or is_rehearsal(draft.estate)
        parts = await self.registrar.parts(stored.uuid)
        offices = await self._offices(stored.uuid)
        duties = await self.accounts.duties(stored.uuid)
        if len(decode_public_credentials(credentials)) != roll.heads:
            raise RefusedError(
                Reason.WRONG_STATE,
                "There must be one credential for each entitlement of the roll.",
                zh="还有业主没有信。请做信的人把全部信做好，再来这一步。",
            )
        manifest = encode_manifest(
            Manifest(
                uuid=stored.uuid,
                estate={name: getattr(place, name) for name in ESTATE},
                title=draft.title,
                demo=demo,
                profile={"id": profile.id, "version": profile.version, "digest": profile.digest},
                secrecy=draft.secrecy,
                credential_parts=draft.credential_parts,
                credential_parts_sha256=None if parts is None else hex_digest(parts),
                channels=("online",),
                opens_at=encode_moment(draft.opens_at),
                closes_at=encode_moment(draft.closes_at),
                grace_seconds=rules.GRACE_SECONDS,
                periods=rules.periods_of(profile, draft.opens_at.astimezone(CHINA).date(), demo=demo),
                pools=Pools(),
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
                offices={name: office.keys for name, office in offices.items()},
                separation=find_separation(duties, draft.threshold),
                changes=Changes(draft.extension),
                questions=draft.asks,
                papers=await self.papers.pins(stored.uuid),
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
            raise RefusedError(
                Reason.MALFORMED,
                f"The election cannot be sealed: {error}.",
                zh="这次投票的内容还不能定下来，请看看题目和设置有没有漏填或填错。",
            ) from None
        return SealedFiles(manifest, election, trustees, credentials, decode_election(election).fingerprint, parts)

    async def _offices(self, uuid: str) -> dict[str, Office]:
        offices = await self.offices(uuid)
        rules.require_offices(offices)
        return {name: offices[name] for name in OFFICES}
