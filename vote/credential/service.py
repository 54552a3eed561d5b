"""Ask the registrar for credentials, take the public ones, and make the platform's part of each where there are two.

* The registrar's proofs are checked, and the platform's parts made, outside of the server's own process.
* The platform's parts are sealed before they reach the database, letters' numbers are kept as keyed digests.
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

from crypto.credential import encode_public_credentials
from crypto.credential_part import encode_parts
from crypto.envelope import seal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.credential import rules
from vote.credential.letter_number import digest_letter_number
from vote.credential.letter_store import LetterStore
from vote.credential.platform_part import SLICE, MadePart, make_platform_parts
from vote.credential.rules import MAX_PARTS, PublicList, Request, RequestLine
from vote.credential.store import CredentialStore, NewCredential, NewParts
from vote.db import database_now, transaction
from vote.election.packing import choose_base, pack
from vote.election.rules import State, require_state
from vote.election.store import ElectionStore, StoredElection
from vote.errors import Reason, RefusedError, UnavailableError
from vote.roll.store import RollStore, StoredEntitlement


def part_context(uuid: str, entitlement: int) -> str:
    """Return where the platform's part of an entitlement's key belongs, for its envelope."""
    return f"{uuid}/{entitlement}"


@dataclass(frozen=True, slots=True)
class CredentialService:
    """The public credentials of all elections."""

    store: CredentialStore
    letters: LetterStore
    elections: ElectionStore
    rolls: RollStore
    executor: Executor
    key: bytes = field(repr=False)
    """Seals the platform's parts."""
    letter_key: bytes = field(repr=False)
    """Makes the digests of letters' numbers."""
    rng: Randomness

    async def request(self, uuid: str) -> bytes:
        """Return what the registrar issues credentials from.

        Raises:
            RefusedError: the election is no draft any more, or its roll is not frozen.
        """
        stored = await self.elections.get(uuid)
        require_state(stored.state, State.DRAFT)
        entitlements = await self._entitlements(stored)
        base = choose_base(len(entitlements))
        lines = tuple(_line(each, base) for each in entitlements)
        return rules.encode_request(Request(uuid, stored.draft.title, base, lines, stored.draft.credential_parts))

    async def submit(self, uuid: str, data: bytes) -> None:
        """Keep the registrar's list, all of it or nothing; the same list again does no harm.

        Raises:
            RefusedError: the election is no draft any more, another list was kept, or this one does not do.
            UnavailableError: it could not be checked now.
        """
        try:
            public = rules.decode_public_list(data)
        except CryptoError as error:
            raise RefusedError(Reason.MALFORMED, f"{error}.", zh="信的名单读不懂，请重新做一次。") from None
        stored = await self.elections.get(uuid)
        require_state(stored.state, State.DRAFT)
        entitlements = await self._entitlements(stored)
        rules.require_matching(public, uuid, [each.number for each in entitlements], stored.draft.credential_parts)
        if await self.store.count(uuid):
            await self._require_same(public)
            return
        made = await self._make_parts(public) if public.credential_parts == MAX_PARTS else {}
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            require_state(stored.state, State.DRAFT)
            if await self.store.count(uuid):
                await self._require_same(public)
                return
            await self.store.add_all(uuid, self._new(public, entitlements, made))
            if made:
                rows = await self.store.ids(uuid)
                digests = {rows[number]: digest for number, digest in self._digests(public).items()}
                await self.letters.add_all(digests, await database_now())

    async def public_credentials(self, uuid: str) -> bytes:
        """Return `public_creds.json`.

        Raises:
            RefusedError: the registrar has not sent the list yet.
        """
        await self._require_submitted(uuid)
        return encode_public_credentials(await self.store.weights(uuid))

    async def parts(self, uuid: str) -> bytes | None:
        """Return `parts.json`, or None if voting keys have one part."""
        stored = await self.elections.get(uuid)
        if stored.draft.credential_parts == 1:
            return None
        await self._require_submitted(uuid)
        return encode_parts(uuid, await self.store.parts(uuid))

    async def electorate(self, uuid: str) -> Sequence[tuple[int, int, str]]:
        """Return number, area in dm2 and public credential of each entitlement, by number.

        Raises:
            RefusedError: the registrar has not sent the list yet.
        """
        await self._require_submitted(uuid)
        public = await self.store.by_entitlement(uuid)
        entitlements = await self._entitlements(await self.elections.get(uuid))
        return [(each.number, each.area_dm2, public[each.number]) for each in entitlements]

    async def _make_parts(self, public: PublicList) -> dict[int, MadePart]:
        """Return the platform's part for each entitlement's number."""
        loop, lines = asyncio.get_running_loop(), public.lines
        slices = [lines[start : start + SLICE] for start in range(0, len(lines), SLICE)]
        try:
            jobs = [
                loop.run_in_executor(self.executor, make_platform_parts, public.election, each, self.rng)
                for each in slices
            ]
            done = await asyncio.gather(*jobs)
        except BrokenProcessPool:
            raise UnavailableError("the checking processes died") from None
        if trouble := next((each.trouble for each in done if each.trouble), ""):
            raise RefusedError(
                Reason.MALFORMED,
                f"The list was not accepted, {trouble}.",
                zh="信的名单没有收下，内容对不上。请做信的人重新做一次。",
            )
        made = [part for each in done for part in each.parts]
        return {line.entitlement: part for line, part in zip(lines, made, strict=True)}

    async def _require_same(self, public: PublicList) -> None:
        """Raise unless the list that was kept is this one."""
        if public.credential_parts == 1:
            kept = await self.store.by_entitlement(public.election)
        else:
            kept = await self.store.letters_by_entitlement(public.election)
        numbers = set(self._digests(public).values())
        if kept != {line.entitlement: line.credential for line in public.lines} or not numbers <= (
            await self.letters.digests(public.election)
        ):
            raise RefusedError(
                Reason.CONFLICT,
                "Other credentials are kept for this election already: prepare it anew to replace them.",
                zh="这次投票已经有一批信了。要换，请重新准备一次投票。",
            )

    def _digests(self, public: PublicList) -> dict[int, str]:
        return {
            line.entitlement: digest_letter_number(self.letter_key, public.election, line.letter_number)
            for line in public.lines
            if line.letter_number is not None
        }

    def _new(
        self, public: PublicList, entitlements: Sequence[StoredEntitlement], made: Mapping[int, MadePart]
    ) -> list[NewCredential]:
        base, keys = choose_base(len(entitlements)), {line.entitlement: line.credential for line in public.lines}
        new = []
        for each in entitlements:
            key, parts = keys[each.number], None
            if each.number in made:
                secret, (key, letter, platform) = made[each.number]
                context = part_context(public.election, each.number)
                parts = NewParts(letter, platform, seal(self.key, context, secret, self.rng))
            new.append(NewCredential(each.id, key, pack(each.area_dm2, base), parts))
        return new

    async def _require_submitted(self, uuid: str) -> None:
        await self.elections.get(uuid)
        if await self.store.count(uuid) == 0:
            raise RefusedError(
                Reason.WRONG_STATE,
                "There are no credentials yet: the registrar issues and sends them.",
                zh="信还没有做好，请做信的人先做信、寄信。",
            )

    async def _entitlements(self, stored: StoredElection) -> list[StoredEntitlement]:
        roll = stored.draft.roll
        if not (await self.rolls.get(roll)).frozen:
            raise RefusedError(
                Reason.WRONG_STATE,
                "The roll of this election is not frozen yet: freeze it first.",
                zh="这次投票的清册还没有定稿，请先定稿。",
            )
        return await self.rolls.entitlements(roll)


def _line(entitlement: StoredEntitlement, base: int) -> RequestLine:
    places = entitlement.homes
    return RequestLine(entitlement.number, pack(entitlement.area_dm2, base), places, entitlement.masked_owner)
