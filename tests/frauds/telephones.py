"""What comes to owners' telephones, and what their editors do."""

from typing import Any

import httpx

from tests.vote.assembly import Assembly, phone_of
from vote.message.rules import Kind


def number_of(owner: int) -> str:
    """Return the number in force of an owner, in its one spelling."""
    return f"+86{phone_of(owner)}"


def told(assembly: Assembly, kind: Kind) -> list[str]:
    """Return the numbers to which messages of a kind came."""
    return [number for number, message in assembly.platform.phones.messages if message.kind is kind]


async def deliver(assembly: Assembly) -> None:
    """Let the worker hand over what is due."""
    await assembly.platform.services["worker"].deliver_once()


async def edit(assembly: Assembly, editor: int, path: str = "", **body: Any) -> httpx.Response:
    """Propose a change of a phone, or decide one, as the first or the second editor."""
    key = assembly.people.keys["phones"][editor - 1]
    request = {"json": body} if body else {}
    return await assembly.platform.ask("POST", f"{assembly.api}/phones/changes{path}", key=key, **request)
