"""People who ask the servers of an installation in turn, and go on asking until they are answered."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import httpx

from tests.drills.ledger import Ledger

JSON = {"Content-Type": "application/json"}
PAUSE = 0.05
"""Seconds before somebody asks again."""
SECONDS = 120
"""Nobody is left without an answer for longer."""


class InTurn(httpx.AsyncBaseTransport):
    """Sends each request to the next server."""

    def __init__(self, urls: Iterable[str]) -> None:
        self._servers = itertools.cycle([httpx.URL(url) for url in urls])
        self._http = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request."""
        server = next(self._servers)
        request.url = request.url.copy_with(scheme=server.scheme, host=server.host, port=server.port)
        return await self._http.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()


class LostError(Exception):
    """There was no answer, or that nothing was decided."""


async def until_answered(ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Ask again until there is an answer."""
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                return await once(ask)
            except LostError:
                await asyncio.sleep(PAUSE)


async def once(ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Ask once.

    Raises:
        LostError: there was no answer, or that nothing was decided.
    """
    try:
        answer = await ask()
    except httpx.TransportError:
        raise LostError from None
    if answer.status_code == 503:
        assert answer.json()["detail"] == "Try again in a minute."
        raise LostError
    return answer


class Owners:
    """Owners' devices: each sends its sealed bytes again until they are acknowledged, and seals nothing anew."""

    def __init__(self, http: httpx.AsyncClient, path: str, ledger: Ledger) -> None:
        self.http, self.path, self.ledger = http, path, ledger
        self.asked = 0
        """Requests that have no answer yet."""

    async def cast(self, ballots: Iterator[bytes]) -> None:
        """Cast ballots, one after the other."""
        for ballot in ballots:
            await self.send(ballot)

    async def send(self, ballot: bytes) -> None:
        """Send a ballot until it is acknowledged, or too late."""
        answer = await until_answered(lambda: self._post(ballot))
        if answer.status_code == 409:
            assert answer.json()["reason"] == "polls-closed"
            # What was acknowledged stays so, whenever it is asked for.
            assert ballot not in self.ledger.receipts
            self.ledger.refused.add(ballot)
            return
        assert answer.status_code in {200, 201}, answer.text
        self.ledger.acknowledge(ballot, answer.content)

    async def ask_again(self, ballots: Iterable[bytes]) -> None:
        """Send acknowledged ballots once more: each gets the receipt that it got before, and none is new."""
        for ballot in ballots:
            answer = await until_answered(partial(self._post, ballot))
            assert (answer.status_code, answer.content) == (200, self.ledger.receipts[ballot])

    async def _post(self, ballot: bytes) -> httpx.Response:
        with self._asking():
            return await self.http.post(self.path, content=ballot, headers=JSON)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        self.asked += 1
        try:
            yield
        finally:
            self.asked -= 1
