"""Tell debtors privately what is due and what is past, and everybody what stayed without a record.

* What is told is written down in the transaction of the message, or of the log's entry: what was undone is never told,
  and each is told once, however many workers run.
* Messages go to the phones that the estate named for its committee and its manager. Without one the row still says that
  there was something to tell: the board shows it to the committee and to staff.
* A round is done once a day, since only a new day makes something due; whatever fails is tried again in the next round.

Not here: handing messages over (`vote.message`), when somebody is told what (`standing.py`).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from vote.clock import CHINA
from vote.db import database_now, transaction
from vote.estate.store import EstateStore
from vote.log.rules import Kind
from vote.log.store import LogStore
from vote.message.rules import Message, duty_notice, duty_reminder, term_alert
from vote.message.service import MessageService
from vote.message.store import NewMessage
from vote.oversight.duty.phones import DutyPhones, Side
from vote.oversight.duty.rules import Act, Debtor
from vote.oversight.duty.service import DutyService, EstateBoard
from vote.oversight.duty.standing import Standing, Telling, decent_moment, overdue_facts, public_from, telling_of
from vote.oversight.duty.store import DutyStore

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DutyTeller:
    """Reminders, private notices and public entries."""

    store: DutyStore
    duties: DutyService
    estates: EstateStore
    phones: DutyPhones
    messages: MessageService
    log: LogStore

    async def tell_due(self) -> int:
        """Tell what is to be told and return how many tellings were new; an estate that fails keeps none of the others."""
        told = 0
        for estate in await self.store.estates():
            try:
                told += await self.tell(estate)
            except Exception:  # noqa: BLE001 - whatever it is, the others go on
                _LOG.exception("duties of estate %s cannot be told", estate)
        return told

    async def tell(self, estate: str) -> int:
        """Tell what is to be told of one estate and return how many tellings were new.

        Raises:
            RefusedError: there is no such estate, or a period of its rules cannot be counted.
        """
        async with transaction():
            await self.estates.hold(estate)
            found = await self.duties.board(estate)
            now = await database_now()
            waiting = [
                (each, telling)
                for each in found.standings
                if each.duty.due is not None
                and (telling := telling_of(each, found.told.get((each.duty.name, each.duty.due), ())))
            ]
            for each, telling in waiting:
                await self._tell(found, each, telling, now)
            return len(waiting) + await self._alert(found, now)

    async def _tell(self, found: EstateBoard, each: Standing, telling: Telling, now: datetime) -> None:
        duty, estate, name = each.duty, found.place.id, found.place.name
        assert duty.due is not None
        await self.store.tell(estate, (duty.name, duty.due), telling, now)
        if telling is Telling.OVERDUE:
            await self.log.append(estate, Kind.DUTY_OVERDUE, overdue_facts(duty), now)
            return
        if telling is Telling.NOTICE:
            message = duty_notice(name, duty.act, duty.due, public_from(found.on))
        else:
            message = duty_reminder(name, duty.act, duty.due)
        side = Side.MANAGER if duty.debtor is Debtor.MANAGER else Side.COMMITTEE
        await self._send(estate, side, message, now)

    async def _alert(self, found: EstateBoard, now: datetime) -> int:
        """Recall the end of a term to the committee, by the last alert whose day has come."""
        due = {each.duty.name: each.duty.due for each in found.standings if each.duty.due}
        told = 0
        for happening, alert in found.alerts():
            duty, key = f"{Act.RENEWAL}:{happening.name}", (f"{Act.RENEWAL}:{happening.name}", alert.on)
            if duty not in due or Telling.ALERT in found.told.get(key, ()):
                continue
            await self.store.tell(found.place.id, key, Telling.ALERT, now)
            message = term_alert(found.place.name, Act.RENEWAL, alert.term_ends, due[duty])
            await self._send(found.place.id, Side.COMMITTEE, message, now)
            told += 1
        return told

    async def _send(self, estate: str, side: Side, message: Message, now: datetime) -> None:
        numbers = await self.phones.numbers(estate, side)
        when = decent_moment(now)
        kept = [replace(self.messages.letter(None, number, message, now), due_at=when) for number in numbers]
        await self.messages.keep_all(kept or _nobody(message, now))


@dataclass(slots=True)
class OverdueRounds:
    """Looks once on each day whether something is to be told."""

    teller: DutyTeller
    done_on: date | None = None

    async def work(self) -> int:
        """Tell what is to be told today and return how much was new."""
        today = (await database_now()).astimezone(CHINA).date()
        if self.done_on == today:
            return 0
        told = await self.teller.tell_due()
        self.done_on = today
        return told


def _nobody(message: Message, now: datetime) -> Sequence[NewMessage]:
    return [NewMessage(None, message.kind, None, now, now)]
