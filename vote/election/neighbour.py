"""Speaks of the sides that lie above this area, as far as elections ask them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from vote.election.packing import Measures
from vote.election.store import StoredElection
from vote.message.rules import Message


class KeyHolders(Protocol):
    """The trustees' side."""

    async def trustees_json(self, uuid: str) -> bytes:
        """Return the finished `trustees.json`, or raise `RefusedError`."""


class Registrar(Protocol):
    """The registrar's side."""

    async def public_credentials(self, uuid: str) -> bytes:
        """Return the finished `public_creds.json`, or raise `RefusedError`."""

    async def parts(self, uuid: str) -> bytes | None:
        """Return `parts.json` of an election whose keys have two parts."""

    async def electorate(self, uuid: str) -> Sequence[tuple[int, int, str]]:
        """Return entitlement number, area in dm² and public credential of everyone."""


class Box(Protocol):
    """The ballot box."""

    async def turnout(self, election: str, base: int) -> Measures:
        """Return heads and area of those who voted, as far as it is shown."""


class Teller(Protocol):
    """What reaches owners on their phones; it lies above this area."""

    async def tell_all(self, stored: StoredElection, say: Callable[[str, str], Message]) -> int:
        """Keep a message to every owner, made from the estate's name and the desk's telephone."""
