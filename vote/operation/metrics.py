"""Counts what an operator watches, for Prometheus: nothing of one election, of one owner, of one ballot.

* Requests go by route template, method and class of status, so that no address becomes a name.
* Ballots go by what became of them, over all elections.
* What stands in the database is asked when the figures are read.
"""

import asyncio
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from vote.db import database_now
from vote.operation.outage import DATABASE_SECONDS, is_outage
from vote.operation.store import OperationStore

MEDIA = CONTENT_TYPE_LATEST
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "(none)"
CASTING = "/api/elections/{election}/ballots"
"""The route on which ballots come."""
_BECAME = {201: "accepted", 200: "repeated"}


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "shanzhi_requests", "Answered requests", ["method", "route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "shanzhi_request_seconds", "How long answers took", ["method", "route"], registry=self.registry
        )
        self._ballots = Counter(
            "shanzhi_ballots", "Ballots that came, by what became of them", ["became"], registry=self.registry
        )
        self._under_way = self._gauge("ballots_under_way", "Ballots that are being checked")
        self._waiting = self._gauge("ballots_waiting", "Accepted ballots that wait for their pool")
        self._worker = self._gauge("worker_age_seconds", "Since a worker last gave a sign; -1 if none ever did")
        self._database = self._gauge("database_seconds", "How long the database took to say its time")
        self._up = self._gauge("database_up", "1 if the database answered; if not, the figures out of it are old")
        self._copy = self._gauge("restored_copy", "1 if the database is a restored copy that nobody adopted")

    def count_request(self, method: str, route: str, status: int, seconds: float, reason: str | None) -> None:
        """Count an answered request; `reason` is why it was refused."""
        known = method if method in METHODS else "other"
        self._requests.labels(known, route, f"{status // 100}xx").inc()
        self._seconds.labels(known, route).observe(seconds)
        if route == CASTING and known == "POST":
            self._ballots.labels(_BECAME.get(status) or reason or "fault").inc()

    async def write(self, store: OperationStore) -> bytes:
        """Return all figures as Prometheus reads them; those of this process also while the database is away."""
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await self._ask(store)
        except Exception as error:
            if not isinstance(error, TimeoutError) and not is_outage(error):
                raise
            self._up.set(0)
        return generate_latest(self.registry)

    async def _ask(self, store: OperationStore) -> None:
        began = perf_counter()
        now = await database_now()
        self._database.set(perf_counter() - began)
        beat = await store.last_beat()
        self._worker.set((now - beat).total_seconds() if beat else -1)
        self._under_way.set(await store.under_way(now))
        self._waiting.set(await store.waiting())
        self._copy.set(bool(await store.copies()))
        self._up.set(1)

    def _gauge(self, name: str, what: str) -> Gauge:
        return Gauge(f"shanzhi_{name}", what, registry=self.registry)
