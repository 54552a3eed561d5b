"""Import a roll, hear objections to it, freeze it, prove a line of it."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from crypto.envelope import seal, unseal
from crypto.errors import CryptoError
from crypto.randomness import Randomness
from vote.db import database_now, transaction
from vote.errors import ContradictionError, Reason, RefusedError
from vote.estate.store import EstateStore
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.roll.apart import read_apart
from vote.roll.columns import Column
from vote.roll.draft_store import DraftStore
from vote.roll.freeze import FrozenRoll, RollLine, public_roll
from vote.roll.freeze import freeze as freeze_lines
from vote.roll.freeze import prove as prove_line
from vote.roll.report import as_json, done, figures, reasons
from vote.roll.rules import Entitlement, RollReading, Unit
from vote.roll.store import NewEntitlement, NewFinding, RollStore, StoredEntitlement, StoredObjection, StoredRoll
from vote.roll.why import Outcome

MAX_TEXT = 2000
"""Characters of an objection or answer."""


class Phones(Protocol):
    """The phones' side, which lies above this area."""

    async def take(self, roll: int, written: Mapping[int, Sequence[str]], now: datetime) -> None:
        """Keep the telephone numbers of a roll that is being frozen, by entitlement number."""


@dataclass(frozen=True, slots=True)
class RollService:
    """Rolls of estates. Names, numbers and phones are sealed before they reach the database."""

    store: RollStore
    estates: EstateStore
    log: LogStore
    phones: Phones
    key: bytes = field(repr=False)
    rng: Randomness
    drafts: DraftStore = field(default_factory=DraftStore)

    async def import_sheet(
        self,
        estate: str,
        data: bytes,
        *,
        sheet: str | None = None,
        mapping: Mapping[Column, str] | None = None,
        account: int | None = None,
    ) -> tuple[int, dict[str, Any]]:
        """Read a spreadsheet into a new draft roll; return its number and the report.

        Raises:
            RefusedError: the estate is unknown, or the sheet cannot be read as a roll.
        """
        await self.estates.get_estate(estate)
        reading = await asyncio.to_thread(read_apart, data, sheet, mapping)
        if not reading.entitlements:
            raise RefusedError(
                Reason.MALFORMED,
                "No row of the sheet gives anybody a vote: see `vote roll check`.",
                zh="表里没有一行能计票，请先看看哪些行有问题。",
            )
        now = await database_now()
        counted = figures(reading)
        findings = list_findings(reading)
        async with transaction():
            units = await self.estates.add_units(estate, [place_of(unit) for unit in reading.units])
            roll = await self.store.add(
                estate,
                hashlib.sha256(data).hexdigest(),
                counted,
                len(reading.entitlements),
                counted["area_dm2"],
                now,
            )
            await self.store.add_entitlements(roll, [self.sealed(roll, each, units) for each in reading.entitlements])
            await self.store.add_findings(roll, findings)
            await self.drafts.add_step(roll, "uploaded", account, now)
        return roll, as_json(reading)

    async def get(self, roll: int) -> StoredRoll:
        """Return a roll.

        Raises:
            RefusedError: there is none of this number.
        """
        return await self.store.get(roll)

    async def findings(self, roll: int) -> list[NewFinding]:
        """Return what became of the sheet's rows."""
        await self.store.get(roll)
        return await self.store.findings(roll)

    async def object(self, roll: int, sheet_row: int | None, text: str, account: int | None = None) -> int:
        """Record an objection against a draft roll and return its number.

        Raises:
            RefusedError: the roll is frozen, or the text is empty or too long.
        """
        _require_text(text, "objection")
        async with transaction():
            await self.require_draft(roll)
            sealed = seal(self.key, _objection_context(roll), text.encode(), self.rng)
            now = await database_now()
            number = await self.store.add_objection(roll, sheet_row, sealed, now)
            await self.drafts.add_step(roll, "objected", account, now, item=number)
        return number

    async def answer(self, roll: int, objection: int, answer: str, account: int | None = None) -> None:
        """Answer an objection; the answer is public and must not name anybody.

        Raises:
            RefusedError: the roll is frozen, there is no such open objection, or the answer is empty or too long.
        """
        _require_text(answer, "answer")
        async with transaction():
            await self.require_draft(roll)
            now = await database_now()
            await self.store.answer_objection(roll, objection, answer, now)
            await self.drafts.add_step(roll, "answered", account, now, item=objection)

    async def objections(self, roll: int) -> list[tuple[StoredObjection, str]]:
        """Return the objections against a roll, each with its text, for those who must answer them."""
        await self.store.get(roll)
        return [
            (each, self._unseal(_objection_context(roll), each.sealed_text).decode())
            for each in await self.store.objections(roll)
        ]

    async def freeze(self, roll: int, account: int | None = None) -> dict[str, Any]:
        """Fix a roll whose objections are all answered; return the public roll.

        Raises:
            RefusedError: it is frozen already, or an objection waits for its answer.
        """
        async with transaction():
            stored = await self.require_draft(roll)
            waiting = sum(each.state == "open" for each in await self.store.objections(roll))
            if waiting:
                raise RefusedError(
                    Reason.WRONG_STATE,
                    f"还有{waiting}件异议没有答复，答复后才能定稿。 {waiting} objections wait for an answer: answer them first.",
                )
            entitlements = await self.store.entitlements(roll)
            if not entitlements:
                raise RefusedError(
                    Reason.WRONG_STATE,
                    "清册里没有一行能计票，请先改好。 No row of the roll gives anybody a vote: mend it first.",
                )
            frozen = freeze_lines([_line(each) for each in entitlements], self.rng)
            public = public_roll(frozen)
            leaves = {
                line.number: (seal(self.key, _salt_context(roll, line.number), salt, self.rng), leaf.hex())
                for line, salt, leaf in zip(frozen.lines, frozen.salts, frozen.leaves, strict=True)
            }
            now = await database_now()
            await self.store.freeze(roll, public["root"], leaves, now)
            await self.drafts.forget_sheet(roll)
            await self.drafts.add_step(roll, "frozen", account, now)
            await self.phones.take(roll, await self._phones(roll), now)
            facts: Facts = {"roll": roll, "root": public["root"], "heads": stored.heads, "area_dm2": stored.area_dm2}
            await self.log.append(stored.estate, Kind.ROLL_FROZEN, facts, now)
        return public

    async def public(self, roll: int) -> dict[str, Any]:
        """Return the public face of a frozen roll.

        Raises:
            RefusedError: it is not frozen yet.
        """
        return public_roll(await self._frozen(roll))

    async def prove(self, roll: int, entitlement: int) -> dict[str, Any]:
        """Return the proof that an entitlement stands in a frozen roll, with its area and salt; for its owner only.

        Raises:
            RefusedError: the roll is not frozen, or has no such entitlement.
        """
        return prove_line(await self._frozen(roll), entitlement)

    async def _frozen(self, roll: int) -> FrozenRoll:
        if not (await self.store.get(roll)).frozen:
            raise RefusedError(
                Reason.WRONG_STATE,
                "The roll is not frozen yet: answer objections, then freeze it.",
                zh="清册还没有定稿，请先答复异议，再定稿。",
            )
        entitlements = await self.store.entitlements(roll)
        salts = [self._unseal(_salt_context(roll, each.number), each.sealed_salt or b"") for each in entitlements]
        return FrozenRoll(tuple(_line(each) for each in entitlements), tuple(salts))

    async def owners(self, roll: int) -> dict[int, list[list[str]]]:
        """Return names and identity numbers of the owners, by entitlement number; empty for the developer."""
        return {number: content["owners"] for number, content in (await self._contents(roll)).items()}

    async def _phones(self, roll: int) -> dict[int, list[str]]:
        return {number: content["phones"] for number, content in (await self._contents(roll)).items()}

    async def _contents(self, roll: int) -> dict[int, dict[str, Any]]:
        sealed = await self.store.sealed_owners(roll)
        return {number: json.loads(self._unseal(_owner_context(roll, number), each)) for number, each in sealed.items()}

    def _unseal(self, context: str, sealed: bytes) -> bytes:
        try:
            return unseal([self.key], context, sealed)
        except CryptoError:
            raise ContradictionError(f"{context}: what was sealed for it cannot be opened with this key") from None

    async def require_draft(self, roll: int) -> StoredRoll:
        """Return a roll that may change, held until the transaction ends.

        Raises:
            RefusedError: there is none, it is frozen, or it was discarded.
        """
        stored = await self.store.get(roll, lock=True)
        if stored.frozen:
            raise RefusedError(
                Reason.WRONG_STATE,
                "清册已经定稿，不能再改，要改请上传新的。 The roll is frozen and does not change any more: import a new one.",
            )
        if stored.discarded_at:
            raise RefusedError(
                Reason.WRONG_STATE, "这份清册已经作废，请上传新的。 The roll was discarded: import a new one."
            )
        return stored

    def sealed(self, roll: int, entitlement: Entitlement, units: Mapping[tuple[str, str, str], int]) -> NewEntitlement:
        """Return an entitlement to be kept, its owners sealed; `units` are the units' numbers by place."""
        personal = json.dumps(
            {
                "owners": [[owner.name, owner.number] for owner in entitlement.owners],
                "phones": _gather(entitlement.units, "phones"),
                "certificates": _gather(entitlement.units, "certificates"),
            },
            ensure_ascii=False,
        ).encode()
        return NewEntitlement(
            entitlement.number,
            entitlement.developer,
            entitlement.area_dm2,
            entitlement.masked_owner,
            seal(self.key, _owner_context(roll, entitlement.number), personal, self.rng),
            tuple((units[place_of(unit)], unit.area_dm2, str(unit.area_source)) for unit in entitlement.units),
        )


def place_of(unit: Unit) -> tuple[str, str, str]:
    """Return building, entrance and room."""
    return unit.place.building, unit.place.entrance, unit.place.room


def _gather(units: tuple[Unit, ...], name: str) -> list[str]:
    return list(dict.fromkeys(each for unit in units for each in getattr(unit, name)))


def _line(entitlement: StoredEntitlement) -> RollLine:
    places = entitlement.homes
    return RollLine(entitlement.number, places, entitlement.masked_owner, entitlement.area_dm2)


def list_findings(reading: RollReading) -> list[NewFinding]:
    """Return what became of the rows that were not simply accepted."""
    return [
        NewFinding(
            finding.row,
            str(finding.outcome),
            *reasons(finding),
            finding.place,
            finding.masked_owner,
            *done(finding),
        )
        for finding in reading.findings
        if finding.outcome is not Outcome.IGNORED
    ]


def _require_text(text: str, what: str) -> None:
    if not text.strip() or len(text) > MAX_TEXT or any(each < " " and each not in "\n\r\t" for each in text):
        raise RefusedError(
            Reason.MALFORMED,
            f"内容要写，最多{MAX_TEXT}个字。 The {what} must have 1 to {MAX_TEXT} characters that can be read.",
        )


def _objection_context(roll: int) -> str:
    return f"roll/{roll}/objection"


def _owner_context(roll: int, number: int) -> str:
    return f"roll/{roll}/entitlement/{number}/owner"


def _salt_context(roll: int, number: int) -> str:
    return f"roll/{roll}/entitlement/{number}/salt"
