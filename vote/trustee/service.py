"""Keep the board on which trustees make the common key."""

from dataclasses import dataclass

from crypto.ceremony_board import Board
from crypto.ceremony_post import decode_post
from crypto.encoding import read_json
from crypto.errors import CryptoError
from crypto.trial import opens, verify_trial
from vote.db import transaction
from vote.election.rules import State, require_state
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.trustee import rules
from vote.trustee.invitation import Invitation
from vote.trustee.store import TrusteeStore


@dataclass(frozen=True, slots=True)
class TrusteeService:
    """The boards of all elections."""

    store: TrusteeStore
    elections: ElectionStore

    async def board(self, uuid: str) -> Board:
        """Return the board of an election.

        Raises:
            RefusedError: there is no such election.
        """
        stored = await self.elections.get(uuid)
        return rules.make_board(uuid, stored.draft, await self.store.posts(uuid))

    async def invitations(self, uuid: str) -> tuple[Invitation, ...]:
        """Return what is handed to each trustee, in order.

        Raises:
            RefusedError: there is no such election.
        """
        return rules.invite(uuid, (await self.elections.get(uuid)).draft)

    async def post(self, uuid: str, trustee: int, data: bytes) -> Board:
        """Put a post of trustee number `trustee` on the board and return the board; the same one again does no harm.

        Signatures are checked before the transaction. Inside, only the place is looked at again: a board grows and
        nothing on it changes, so what held before holds still.

        Raises:
            RefusedError: the election is no draft any more, or the post does not do; the sentence says why.
        """
        stored = await self.elections.get(uuid)
        board = await self.board(uuid)
        try:
            post = decode_post(read_json(data, "the post"))
            rules.require_own(post, trustee, stored.draft.trustees)
            if rules.is_repeated(board, post):
                return board
            require_state(stored.state, State.DRAFT)
            board.put(post)
        except CryptoError as error:
            raise rules.refusal(error) from None
        async with transaction():
            require_state((await self.elections.get(uuid, lock=True)).state, State.DRAFT)
            if not rules.is_repeated(await self.board(uuid), post):
                await self.store.add(uuid, post)
            return await self.board(uuid)

    async def trustees_json(self, uuid: str) -> bytes:
        """Return `trustees.json` of a finished ceremony, with every proof checked.

        Raises:
            RefusedError: somebody has not posted yet, or cheated; the sentence says who.
        """
        board = await self.board(uuid)
        try:
            return rules.write_trustees(board)
        except CryptoError as error:
            raise rules.refusal(error) from None

    async def try_key(self, uuid: str, trustee: int, data: bytes) -> bool:
        """Keep that a trustee could open with its key, and return whether enough could; a second trial changes nothing.

        Raises:
            RefusedError: the common key is not finished, the election is no draft any more, or the trial does not hold.
        """
        trustees = await self.trustees_json(uuid)
        try:
            trial = verify_trial(uuid, trustees, data)
        except CryptoError as error:
            raise rules.refusal(error) from None
        if trial.index != trustee:
            raise RefusedError(Reason.NOT_ALLOWED, f"This trial is trustee {trial.index}'s: send your own.")
        async with transaction():
            require_state((await self.elections.get(uuid, lock=True)).state, State.DRAFT)
            if trustee not in await self.store.trials(uuid):
                await self.store.add_trial(uuid, trustee, data)
        return opens(uuid, trustees, (await self.store.trials(uuid)).values())

    async def trials(self, uuid: str) -> tuple[int, ...]:
        """Return the numbers of the trustees who showed that they can open, in order."""
        await self.elections.get(uuid)
        return tuple(sorted(await self.store.trials(uuid)))
