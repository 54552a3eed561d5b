"""Keep outlines of elections step by step, and turn a complete one into a draft by the same call as everybody's.

* Two people who fill in the same outline do not overwrite each other: the second is told.
* An outline becomes one election at most, however often the button is pressed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from vote.db import database_now, transaction
from vote.election.annulment import Why
from vote.election.outline import Outline, draft_of, without_profile
from vote.election.outline_store import FrozenRoll, OutlineStore, StoredOutline
from vote.election.rules import State, require_frozen_roll, require_state
from vote.election.service import ElectionService
from vote.errors import Reason, RefusedError
from vote.law.library import DEFAULT_PROFILE, load_profile
from vote.law.profile import Profile
from vote.role import Keys
from vote.roll.store import RollStore

CHANGED = "Somebody else changed this draft meanwhile: look at it again, then go on."


@dataclass(frozen=True, slots=True)
class OutlineService:
    """Outlines of elections."""

    store: OutlineStore
    rolls: RollStore
    elections: ElectionService
    profile_id: str = DEFAULT_PROFILE

    def profile_of(self, outline: Outline) -> Profile:
        """Return the rules that an outline is held by."""
        return load_profile(outline.profile or self.profile_id)

    async def begin(self, estate: str, roll: int, outline: Outline) -> int:
        """Keep a new outline; return its number.

        Raises:
            RefusedError: the roll is not the estate's, or not frozen.
        """
        found = await self.rolls.get(roll)
        require_frozen_roll(frozen=found.frozen and found.estate == estate)
        return await self.store.add(estate, roll, outline, await database_now())

    async def get(self, estate: str, number: int) -> StoredOutline:
        """Return an outline of an estate.

        Raises:
            RefusedError: there is none of this number in this estate.
        """
        found = await self.store.get(number)
        if found.estate != estate:
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no such draft in this estate.",
                zh="这个小区没有这份草稿，请从小区的页面重新点进来。",
            )
        return found

    async def of_estate(self, estate: str) -> list[StoredOutline]:
        """Return the outlines of an estate that became no election yet, the latest first."""
        return await self.store.of_estate(estate)

    async def of_election(self, uuid: str) -> StoredOutline | None:
        """Return what an election was prepared from, if it was on pages."""
        return await self.store.of_election(uuid)

    async def rolls_of(self, estate: str) -> list[FrozenRoll]:
        """Return the rolls of an estate on which one can vote, the latest first."""
        return await self.store.frozen_rolls(estate)

    async def change(self, stored: StoredOutline, change: Callable[[Outline], Outline]) -> None:
        """Put another outline in the place of one.

        Raises:
            RefusedError: somebody else changed it meanwhile, or it is an election already.
        """
        outline = change(stored.outline)
        if not await self.store.change(stored.id, stored.version, outline, await database_now()):
            raise RefusedError(Reason.CONFLICT, CHANGED, zh="刚才有人改过这份草稿，请看过现在的内容再改。")

    async def finish(self, stored: StoredOutline) -> tuple[str, Keys]:
        """Prepare the election; return its uuid and the keys to hand out.

        Raises:
            RefusedError: something is missing, or it is an election already.
        """
        if stored.election is not None:
            raise RefusedError(
                Reason.CONFLICT,
                "This draft was prepared already: its keys were shown then, and only then.",
                zh="这份草稿已经准备好了，给各人的链接只在那时显示一次。请从投票的页面继续。",
            )
        draft, duties = draft_of(stored.outline, stored.estate, stored.roll, self.profile_of(stored.outline).id)
        async with transaction():
            uuid, keys = await self.elections.prepare(draft, duties)
            if not await self.store.become(stored.id, stored.version, uuid):
                raise RefusedError(Reason.CONFLICT, CHANGED, zh="刚才有人改过这份草稿，请看过现在的内容再改。")
        return uuid, keys

    async def withdraw_profile(self, uuid: str, question: int, choice: int) -> None:
        """Tell nothing of a candidate any more, who took the consent back; question and choice count from 0.

        Raises:
            RefusedError: there is no such candidate, or somebody else changed it meanwhile.
        """
        async with transaction():
            stored = await self.store.of_election(uuid)
            if stored is None:
                raise RefusedError(
                    Reason.NOT_FOUND, "Nothing is told of candidates in this election.", zh="这次投票没有候选人介绍。"
                )
            outline = without_profile(stored.outline, question, choice)
            if not await self.store.redact(stored.id, stored.version, outline, await database_now()):
                raise RefusedError(Reason.CONFLICT, CHANGED, zh="刚才有人改过这份草稿，请看过现在的内容再改。")

    async def give_up(self, uuid: str) -> None:
        """Give up an election that was never sealed.

        Raises:
            RefusedError: it is sealed, or given up already.
        """
        require_state((await self.elections.get(uuid)).state, State.DRAFT)
        await self.elections.annul(uuid, Why.DRAFT_DISCARDED)

    async def discard(self, estate: str, number: int) -> None:
        """Delete an outline.

        Raises:
            RefusedError: there is none, or it is an election already.
        """
        await self.get(estate, number)
        if not await self.store.discard(number):
            raise RefusedError(
                Reason.CONFLICT,
                "This draft is an election already: give that up instead.",
                zh="这份草稿已经成为投票，不能再删。不想办了，请在投票的页面作废。",
            )
