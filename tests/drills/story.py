"""One election, cast, closed, checked, summed, opened, objected to and certified under fire."""

import asyncio
import base64
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.drills.election import Prepared
from tests.drills.fire import Ask, Fire
from tests.drills.ledger import promise_of
from tests.drills.remote import until_answered
from tests.journeys.published import assert_verified, count, write
from tests.vote.platform import STAFF
from vote.election.terms import OFFICES
from vote.verifier.bundle import PAPERS, PARTS

AT_ONCE = 4
LATE = 6
"""Ballots that come at the last moment."""
SECOND, CHECK, OBJECTIONS = timedelta(seconds=1), timedelta(days=5), timedelta(days=10)
"""More than what the rules ask for."""
GRACE = timedelta(seconds=61)
"""When the box closes over a ballot whose checking process is gone."""


def portions(ballots: Sequence[bytes], count: int) -> list[Sequence[bytes]]:
    """Divide ballots into as many portions, all but equal."""
    return [ballots[number::count] for number in range(count)]


class Story:
    """What people do in an election, and how often somebody is hit meanwhile."""

    def __init__(self, prepared: Prepared, fire: Fire, folder: Path, plan: Mapping[str, int]) -> None:
        self.prepared, self.fire, self.folder, self.plan = prepared, fire, folder, plan
        self.assembly, self.ledger = prepared.assembly, fire.ledger
        self.chance, self.owners, self.installation = fire.chance, fire.owners, fire.installation

    async def hold(self) -> None:
        """Hold the election up to its certificate."""
        ballots = [each.ballot for each in self.prepared.ballots]
        await self.cast(ballots[:-LATE])
        await self.close(ballots[-LATE:])
        await self.check()
        await self.count()
        await self.object()
        await self.certify()

    async def cast(self, ballots: Sequence[bytes]) -> None:
        """Cast ballots, some for each strike, while servers, workers and owners' devices are killed."""
        strikes, devices = self.plan["cast"], self.plan["device"]
        for ballot in ballots[:devices]:
            await self.fire.kill_client("cast one", ballot, self.folder)
        first, *others = portions(ballots[devices:], strikes + 1)
        began = time.perf_counter()
        await asyncio.gather(*self._cast(first))
        self.fire.strikes.note_duration("cast", time.perf_counter() - began)
        for portion in others:
            casting = self._cast(portion)
            await self._until_asked(casting)
            await asyncio.sleep(self.fire.strikes.delay("cast"))
            await self.fire.strike("casting", "cast", self.fire.draw(), lambda: self.owners.asked > 0)
            await asyncio.gather(*casting)
        assert set(self.ledger.receipts) == set(ballots)

    async def close(self, late: list[bytes]) -> None:
        """Close the box while the last ballots come."""
        waiting = iter(late)
        casting = asyncio.create_task(self.owners.cast(waiting))
        await self._until_asked([casting])
        self.installation.move_to(self.prepared.closes_at)
        if self.plan["close by itself"]:
            await self.fire.worker_through("closing", "close by itself", self._closed)
        else:
            await self._through("closing", "close", self._staff("close"), self._closed)
        await casting
        assert set(self.ledger.receipts) | self.ledger.refused == {each.ballot for each in self.prepared.ballots}

    async def check(self) -> None:
        """Dispute, settle, and find who took part."""
        dispute = {"kind": "double", "raised_by": 1, "about": 1, "text": "是不是算了两次？"}
        settled = {"outcome": "kept", "answer": "各算一票。"}
        await self._through("checking", "dispute", self._as("desk", "disputes", dispute), self._some("dispute"))
        await self._through(
            "checking", "settle", self._as("organiser", "disputes/1/settle", settled),
            self._some("dispute", "outcome IS NOT NULL"),
        )  # fmt: skip
        self.installation.move_to(self.prepared.closes_at + CHECK)
        checking = self._as("organiser", "check", {"accept_disclosure": True})
        await self._through("checking", "check", checking, self._reached("checked"))

    async def count(self) -> None:
        """Add up and open the totals; the third trustee is away."""
        if self.plan["sum by itself"]:
            await self.fire.worker_through("tally", "sum by itself", self._reached("tallied"))
        else:
            await self._through("tally", "sum", self._staff("sum"), self._reached("tallied"))
        for trustee in (1, 2):
            share, key = await self.assembly.share(trustee), self.assembly.people.trustee_keys[trustee - 1]
            bring = self._post(key, f"trustees/{trustee}/share", content=share)
            done = self._reached("preliminary") if trustee == 2 else self._some("share")
            await self._through("opening", f"share {trustee}", bring, done)

    async def object(self) -> None:
        """Object to the result, and answer."""
        objection = {"raised_by": 2, "topic": "人数", "text": "参加的人有这么多吗？"}
        answer = {"outcome": "answered", "answer": "与公布的名单一致。"}
        await self._through("objecting", "object", self._as("desk", "objections", objection), self._some("objection"))
        await self._through(
            "objecting", "answer", self._as("organiser", "objections/1/answer", answer),
            self._some("objection", "outcome IS NOT NULL"),
        )  # fmt: skip

    async def certify(self) -> None:
        """Compose the certificate and let the three offices sign."""
        self.installation.move_to(self.installation.now + OBJECTIONS)
        compose = self._as("organiser", "certificate", {})
        await self._through("certifying", "compose", compose, self._some("certificate"))
        for number, office in enumerate(OFFICES, start=1):
            signature, pdf = await self.assembly.sign(office, self.installation.now)
            body = {"signature": json.loads(signature), "pdf": base64.b64encode(pdf).decode()}
            sign = self._as(office, f"certificate/{office}", body)

            def signed(number: int = number) -> bool:
                return self.ledger.count("certificate_signature") == number

            await self._through("certifying", f"sign {office}", sign, signed)
        assert self.ledger.ask_state() == "certified"

    async def publish(self) -> None:
        """Look at what is published as anybody does: every receipt is kept, the totals are right, and all verifies."""
        folder, pages, uuid = self.folder / "published", self.assembly.pages, self.assembly.uuid
        files = {name: await self._get(f"{pages}/{name}") for name in (f"{uuid}.bel", *PARTS) if name != PAPERS}
        receipts = {
            f"receipts/{number}.json": receipt for number, receipt in enumerate(self.ledger.receipts.values(), start=1)
        }
        write(folder, {**files, **receipts})
        # The PDF library runs a loop of its own.
        await asyncio.to_thread(assert_verified, folder)
        trackers = json.loads(files["box.json"])["trackers"]
        assert sorted(trackers) == sorted(promise_of(receipt).tracker for receipt in self.ledger.receipts.values())
        archive = await self.assembly.read_archive()
        assert sorted(archive.ballots) == sorted(self.ledger.receipts)
        self._assert_counted(json.loads(files["result.json"]))
        await self.owners.ask_again(self.ledger.receipts)
        for ballot in self.ledger.refused:
            await self.owners.send(ballot)
        assert sorted(archive.ballots) == sorted(self.ledger.receipts)

    def _assert_counted(self, result: Any) -> None:
        """Hold the result against the last ballot of each owner, by the receipts' numbers."""
        last: dict[int, tuple[int, list[list[int]]]] = {}
        for each in self.prepared.ballots:
            if receipt := self.ledger.receipts.get(each.ballot):
                last[each.owner] = max(last.get(each.owner, (0, [])), (promise_of(receipt).sequence, each.choices))
        expected = count(self.assembly.people.areas, {owner: choices for owner, (_, choices) in last.items()})
        found = [
            [(choice["heads"], choice["area_dm2"]) for choice in question["choices"]]
            for question in result["questions"]
        ]
        assert found == expected

    def _cast(self, ballots: Sequence[bytes]) -> list[asyncio.Task[None]]:
        """Begin to cast ballots, several at once."""
        waiting = iter(ballots)
        return [asyncio.create_task(self.owners.cast(waiting)) for _ in range(AT_ONCE)]

    def _closed(self) -> bool:
        """Whether the box is closed; it waits a minute for ballots that somebody was checking who is gone."""
        if self.ledger.ask_state() == "closed":
            return True
        if self.ledger.count("ballot_intake") and not self.owners.asked:
            self.installation.move_to(self.prepared.closes_at + GRACE)
        return False

    def _reached(self, state: str) -> Callable[[], bool]:
        return lambda: self.ledger.ask_state() == state

    def _some(self, table: str, condition: str = "1 = 1") -> Callable[[], bool]:
        return lambda: self.ledger.count(table, condition) == 1

    async def _through(self, phase: str, step: str, ask: Ask, done: Callable[[], bool]) -> None:
        await self.fire.through(phase, step, ask, done, self.plan.get(step, self.plan["others"]))

    async def _until_asked(self, casting: list[asyncio.Task[None]]) -> None:
        """Return when somebody waits for an answer, or nobody will any more."""
        while True:
            if self.owners.asked or all(task.done() for task in casting):
                return
            await asyncio.sleep(0)

    async def _get(self, path: str) -> bytes:
        return (
            (await until_answered(lambda: self.assembly.platform.ask("GET", path, key=None))).raise_for_status().content
        )

    def _staff(self, path: str) -> Ask:
        return self._post(STAFF, path)

    def _as(self, role: str, path: str, body: dict[str, Any]) -> Ask:
        return self._post(self.assembly.people.keys[role][0], path, json=body)

    def _post(self, key: str, path: str, **request: Any) -> Ask:
        async def ask() -> httpx.Response:
            return await self.assembly.platform.ask("POST", f"{self.assembly.api}/{path}", key=key, **request)

        return ask
