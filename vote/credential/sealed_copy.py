"""Keep a copy of the registrars' letters, sealed for two cards: nobody here can open it.

* It comes before the list of public credentials and may be replaced until then; afterwards it stays as it is.
* Once the registrars say that the letters are destroyed, the copy is destroyed too.

Not here: sealing (`sealed_letters`), which happens in the registrars' browser or command.
"""

from dataclasses import dataclass

from vote.credential.models import SealedCopy
from vote.credential.store import CredentialStore
from vote.db import database_now, transaction
from vote.election.rules import State, require_state
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError

BEGINS = b"age-encryption.org/v1\n-> X25519 "
MAX_COPY = 8 << 20
"""Bytes: far above the letters of any estate."""


class SealedCopyStore:
    """Sealed letters in the database."""

    async def find(self, election: str) -> bytes | None:
        """Return the copy of an election, if there is one."""
        row = await SealedCopy.get_or_none(election_id=election)
        return None if row is None else bytes(row.body)

    async def put(self, election: str, body: bytes) -> None:
        """Keep a copy in place of an older one."""
        await self.remove(election)
        await SealedCopy.create(election_id=election, body=body, stored_at=await database_now())

    async def remove(self, election: str) -> None:
        """Destroy the copy."""
        await SealedCopy.filter(election_id=election).delete()


@dataclass(frozen=True, slots=True)
class SealedCopyService:
    """The copies of all elections."""

    store: SealedCopyStore
    elections: ElectionStore
    credentials: CredentialStore

    async def keep(self, uuid: str, data: bytes) -> None:
        """Keep a copy; the same one again does no harm.

        Raises:
            RefusedError: it is not sealed, the election is no draft any more, or its credentials are there already.
        """
        if not data.startswith(BEGINS):
            raise RefusedError(
                Reason.MALFORMED,
                "This is not sealed for a card: send what the page or command sealed.",
                zh="这个文件没有封好，请用页面做好的那一份。",
            )
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            if await self.store.find(uuid) == data:
                return
            require_state(stored.state, State.DRAFT)
            if await self.credentials.count(uuid):
                raise RefusedError(
                    Reason.CONFLICT,
                    "The letters of this election are made already: their sealed copy is not replaced.",
                    zh="这次投票的信已经做好了，存着的那一份不能换。",
                )
            await self.store.put(uuid, data)

    async def is_issued(self, uuid: str) -> bool:
        """Return whether the letters of an election are made: a copy whose public list never came does not count."""
        return await self.credentials.count(uuid) > 0

    async def get(self, uuid: str) -> bytes:
        """Return the copy.

        Raises:
            RefusedError: there is none.
        """
        await self.elections.get(uuid)
        found = await self.store.find(uuid)
        if found is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "No sealed copy of the letters is kept here: take the one on your disk.",
                zh="这里没有存封好的信，请用您自己存的那一份。",
            )
        return found

    async def destroy(self, uuid: str) -> None:
        """Destroy the copy, once the election is over.

        Raises:
            RefusedError: it is not over.
        """
        async with transaction():
            require_state((await self.elections.get(uuid, lock=True)).state, State.CERTIFIED, State.ANNULLED)
            await self.store.remove(uuid)
