"""Writes down, in a demonstration alone, that a debtor was told of a duty days ago, and tells everybody what is overdue by now.

python -m vote.operation.demo_past ESTATE DUTY

* A demonstration cannot wait for the seven days between the private notice and the public word. Nothing else of the past
  is made up: the entry in the public log says the moment at which it was written.
* Refused unless the installation is a demonstration (VOTE_DEMO).

Not here: what is told when (`vote.oversight.duty`).
"""

import asyncio
import secrets
import sys
from collections.abc import Sequence
from datetime import timedelta

from crypto.envelope import derive_key
from vote.account.event_store import EventStore
from vote.account.events import EventService
from vote.config import Settings
from vote.db import database_now, open_database, transaction
from vote.errors import Reason, RefusedError
from vote.estate.store import EstateStore
from vote.log.store import LogStore
from vote.message.carrier import NoCarrier
from vote.message.service import MessageService
from vote.message.store import MessageStore
from vote.operation.command import telling_operator
from vote.operation.start import require_settings
from vote.oversight.duty.phones import DutyPhones
from vote.oversight.duty.service import DutyService
from vote.oversight.duty.standing import NOTICE, Telling
from vote.oversight.duty.store import DutyStore
from vote.oversight.duty.telling import DutyTeller

AGO = NOTICE + timedelta(days=1)


async def tell_of_past(settings: Settings, estate: str, duty: str) -> int:
    """Note the private notice of a duty as of eight days ago, tell what is due, and return how many tellings were new.

    Args:
        settings: of the demonstration; its database is open.
        estate: whose duty.
        duty: its name, as in `promise:…`.

    Raises:
        RefusedError: this is no demonstration, or nothing of that name is owed.
    """
    if not settings.demo:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "Only a demonstration may make up a past: this installation is none.",
            zh="只有演示才能编造过去的通知，这里不是演示。",
        )
    key, rng, store, estates = settings.data_key().get_secret_value(), secrets.token_bytes, DutyStore(), EstateStore()
    events = EventService(EventStore())
    duties = DutyService(store, estates, events, rng)
    messages = MessageService(MessageStore(), NoCarrier(), derive_key(key, "message"), rng)
    phones = DutyPhones(store, estates, events, derive_key(key, "duty-phone"), rng)
    found = (await duties.board(estate)).get(duty).duty
    assert found.due is not None
    async with transaction():
        await store.tell(estate, (duty, found.due), Telling.NOTICE, await database_now() - AGO)
    return await DutyTeller(store, duties, estates, phones, messages, LogStore()).tell(estate)


def main(arguments: Sequence[str]) -> None:
    """Do it for the estate and the duty named."""
    estate, duty = arguments
    settings = require_settings()
    with telling_operator():
        asyncio.run(_run(settings, estate, duty))


async def _run(settings: Settings, estate: str, duty: str) -> None:
    async with open_database(settings.db):
        await tell_of_past(settings, estate, duty)


if __name__ == "__main__":
    main(sys.argv[1:])
