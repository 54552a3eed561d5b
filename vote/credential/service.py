"""Ask the registrar for credentials, and take the public ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from crypto.credential import encode_public_credentials
from crypto.errors import CryptoError
from vote.credential import rules
from vote.credential.rules import PublicList, Request, RequestLine
from vote.credential.store import CredentialStore, NewCredential
from vote.db import transaction
from vote.election.packing import choose_base, pack
from vote.election.rules import State, require_state
from vote.election.store import ElectionStore, StoredElection
from vote.errors import Reason, RefusedError
from vote.roll.place import Place
from vote.roll.store import RollStore, StoredEntitlement


@dataclass(frozen=True, slots=True)
class CredentialService:
    """The public credentials of all elections."""

    store: CredentialStore
    elections: ElectionStore
    rolls: RollStore

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
        return rules.encode_request(Request(uuid, stored.draft.title, base, lines))

    async def submit(self, uuid: str, data: bytes) -> None:
        """Keep the registrar's list, all of it or nothing; the same list again does no harm.

        Raises:
            RefusedError: the election is no draft any more, another list was kept, or this one does not do.
        """
        try:
            public = rules.decode_public_list(data)
        except CryptoError as error:
            raise RefusedError(Reason.MALFORMED, f"{error}.") from None
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            require_state(stored.state, State.DRAFT)
            entitlements = await self._entitlements(stored)
            rules.require_matching(public, uuid, [each.number for each in entitlements])
            if await self.store.count(uuid) == 0:
                await self.store.add_all(uuid, _new(public, entitlements))
            elif await self.store.by_entitlement(uuid) != dict(public.lines):
                raise RefusedError(
                    Reason.CONFLICT,
                    "Other credentials are kept for this election already: prepare it anew to replace them.",
                )

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
        raise RefusedError(Reason.NOT_SUPPORTED, "Two parts come next.")

    async def electorate(self, uuid: str) -> Sequence[tuple[int, int, str]]:
        """Return number, area in dm2 and public credential of each entitlement, by number.

        Raises:
            RefusedError: the registrar has not sent the list yet.
        """
        await self._require_submitted(uuid)
        public = await self.store.by_entitlement(uuid)
        entitlements = await self._entitlements(await self.elections.get(uuid))
        return [(each.number, each.area_dm2, public[each.number]) for each in entitlements]

    async def _require_submitted(self, uuid: str) -> None:
        await self.elections.get(uuid)
        if await self.store.count(uuid) == 0:
            raise RefusedError(Reason.WRONG_STATE, "There are no credentials yet: the registrar issues and sends them.")

    async def _entitlements(self, stored: StoredElection) -> list[StoredEntitlement]:
        roll = stored.draft.roll
        if not (await self.rolls.get(roll)).frozen:
            raise RefusedError(Reason.WRONG_STATE, "The roll of this election is not frozen yet: freeze it first.")
        return await self.rolls.entitlements(roll)


def _line(entitlement: StoredEntitlement, base: int) -> RequestLine:
    places = tuple(str(Place(*place)) for place in entitlement.places)
    return RequestLine(entitlement.number, pack(entitlement.area_dm2, base), places, entitlement.masked_owner)


def _new(public: PublicList, entitlements: Sequence[StoredEntitlement]) -> list[NewCredential]:
    base = choose_base(len(entitlements))
    keys = dict(public.lines)
    return [NewCredential(each.id, keys[each.number], pack(each.area_dm2, base)) for each in entitlements]
