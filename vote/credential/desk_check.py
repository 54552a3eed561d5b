"""Two people at the desk see an owner in person, and give a code that stands in for the one by message.

* The first one types the number of the owner's letter, and says that identity card and owner were seen.
* The second one, another person with a duty at the desk, says the same within half an hour, and is shown the code once.
* The code is like one that was sent: six digits, ten minutes, five tries, and the latest one is live.
* Both looks are written down for the owner concerned.

Not here: what a code opens (`second_factor`).
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from crypto.randomness import Randomness
from vote.account.events import EventKind, EventService
from vote.credential import code
from vote.credential.desk_check_store import DeskCheckStore, StoredCheck
from vote.credential.letter_number import digest_letter_number, read_letter_number
from vote.credential.letter_store import LetterStore
from vote.credential.second_factor import require_giving
from vote.credential.service import part_context
from vote.db import database_now, transaction
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.role import Actor
from vote.roll.store import RollStore

WAITS = timedelta(minutes=30)


class WaitingCheck(NamedTuple):
    """A check that waits for the second person."""

    id: int
    places: tuple[str, ...]
    owner: str
    """Masked."""
    own: bool
    """Whether whoever looks began it."""


class GivenCode(NamedTuple):
    """What the second person is shown, once."""

    code: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeskCheckService:
    """Checks at the desk."""

    store: DeskCheckStore
    letters: LetterStore
    elections: ElectionStore
    rolls: RollStore
    events: EventService
    letter_key: bytes = field(repr=False)
    code_key: bytes = field(repr=False)
    rng: Randomness

    async def begin(self, uuid: str, typed: str, actor: Actor) -> int:
        """Note that the owner of a letter was seen; return the check's number.

        Raises:
            RefusedError: the letter is not in force, or the election gives no parts now.
        """
        digest = digest_letter_number(self.letter_key, uuid, read_letter_number(typed))
        _require_person(actor)
        async with transaction():
            await self.elections.hold(uuid)
            now = await database_now()
            require_giving(await self.elections.polls(uuid), now)
            letter = await self.letters.find(digest)
            if letter is None:
                raise RefusedError(
                    Reason.NOT_FOUND, "没有这个编号，或者这封信已经作废。请对照业主手里的信再输一次，或先补一封信。"
                )
            await self.events.record(actor, EventKind.DESK_CHECKED, election=uuid, entitlement=letter.entitlement)
            return await self.store.begin(letter.id, actor.person, now)

    async def waiting(self, uuid: str, actor: Actor) -> list[WaitingCheck]:
        """Return the checks that wait for a second person."""
        found = []
        for each in await self.store.waiting(uuid, await database_now() - WAITS):
            entitlement = await self.rolls.entitlement(each.entitlement)
            places = entitlement.homes
            found.append(WaitingCheck(each.id, places, entitlement.masked_owner, each.seen_by == actor.person))
        return found

    async def agree(self, uuid: str, check: int, actor: Actor) -> GivenCode:
        """Say as the second person that the owner was seen; return the code, which nobody can see again.

        Raises:
            RefusedError: no such check waits, the same person began it, or the election gives no parts now.
        """
        _require_person(actor)
        async with transaction():
            await self.elections.hold(uuid)
            now = await database_now()
            require_giving(await self.elections.polls(uuid), now)
            found = _find(await self.store.waiting(uuid, now - WAITS), check)
            if found.seen_by == actor.person:
                raise RefusedError(Reason.NOT_ALLOWED, "核对要两个人：您已经核对过了，请另一位当面再核对一次。")
            drawn = code.generate_code(self.rng)
            digest = code.digest_code(self.code_key, part_context(uuid, found.number), drawn)
            if not await self.store.agree(check, actor.person, code.issue_code(digest, now)):
                raise _gone()
            await self.events.record(actor, EventKind.DESK_CHECKED, election=uuid, entitlement=found.entitlement)
            entitlement = await self.rolls.entitlement(found.entitlement)
        return GivenCode(drawn, entitlement.homes)


def _find(waiting: list[StoredCheck], check: int) -> StoredCheck:
    found = next((each for each in waiting if each.id == check), None)
    if found is None:
        raise _gone()
    return found


def _gone() -> RefusedError:
    return RefusedError(
        Reason.NOT_FOUND, "没有这次核对，或者已经超过30分钟、已经给过码了。请第一位从信的编号重新开始。"
    )


def _require_person(actor: Actor) -> None:
    if not actor.person:
        raise RefusedError(Reason.NOT_ALLOWED, "核对要看得出是谁做的：请用自己的职务登录。")
