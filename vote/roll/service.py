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
from vote.roll.freeze import FrozenRoll, RollLine, public_roll
from vote.roll.freeze import freeze as freeze_lines
from vote.roll.freeze import prove as prove_line
from vote.roll.place import Place
from vote.roll.report import as_json, figures, reasons
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

    async def import_sheet(
        self, estate: str, data: bytes, *, sheet: str | None = None, mapping: Mapping[Column, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Read a spreadsheet into a new draft roll; return its number and the report.

        Raises:
            RefusedError: the estate is unknown, or the sheet cannot be read as a roll.
        """
        await self.estates.get_estate(estate)
        reading = await asyncio.to_thread(read_apart, data, sheet, mapping)
        if not reading.entitlements:
            raise RefusedError(Reason.MALFORMED, "No row of the sheet gives anybody a vote: see `vote roll check`.")
        now = await database_now()
        counted = figures(reading)
        findings = _findings(reading)
        async with transaction():
            units = await self.estates.add_units(estate, [_place(unit) for unit in reading.units])
            roll = await self.store.add(
                estate,
                hashlib.sha256(data).hexdigest(),
                counted,
                len(reading.entitlements),
                counted["area_dm2"],
                now,
            )
            await self.store.add_entitlements(roll, [self._sealed(roll, each, units) for each in reading.entitlements])
            await self.store.add_findings(roll, findings)
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

    async def object(self, roll: int, sheet_row: int | None, text: str) -> int:
        """Record an objection against a draft roll and return its number.

        Raises:
            RefusedError: the roll is frozen, or the text is empty or too long.
        """
        _require_text(text, "objection")
        async with transaction():
            await self._require_draft(roll)
            sealed = seal(self.key, _objection_context(roll), text.encode(), self.rng)
            return await self.store.add_objection(roll, sheet_row, sealed, await database_now())

    async def answer(self, roll: int, objection: int, answer: str) -> None:
        """Answer an objection; the answer is public and must not name anybody.

        Raises:
            RefusedError: the roll is frozen, there is no such open objection, or the answer is empty or too long.
        """
        _require_text(answer, "answer")
        async with transaction():
            await self._require_draft(roll)
            await self.store.answer_objection(roll, objection, answer, await database_now())

    async def objections(self, roll: int) -> list[tuple[StoredObjection, str]]:
        """Return the objections against a roll, each with its text, for those who must answer them."""
        await self.store.get(roll)
        return [
            (each, self._unseal(_objection_context(roll), each.sealed_text).decode())
            for each in await self.store.objections(roll)
        ]

    async def freeze(self, roll: int) -> dict[str, Any]:
        """Fix a roll whose objections are all answered; return the public roll.

        Raises:
            RefusedError: it is frozen already, or an objection waits for its answer.
        """
        async with transaction():
            stored = await self._require_draft(roll)
            waiting = sum(each.state == "open" for each in await self.store.objections(roll))
            if waiting:
                raise RefusedError(Reason.WRONG_STATE, f"{waiting} objections wait for an answer: answer them first.")
            entitlements = await self.store.entitlements(roll)
            frozen = freeze_lines([_line(each) for each in entitlements], self.rng)
            public = public_roll(frozen)
            leaves = {
                line.number: (seal(self.key, _salt_context(roll, line.number), salt, self.rng), leaf.hex())
                for line, salt, leaf in zip(frozen.lines, frozen.salts, frozen.leaves, strict=True)
            }
            now = await database_now()
            await self.store.freeze(roll, public["root"], leaves, now)
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
            raise RefusedError(Reason.WRONG_STATE, "The roll is not frozen yet: answer objections, then freeze it.")
        entitlements = await self.store.entitlements(roll)
        salts = [self._unseal(_salt_context(roll, each.number), each.sealed_salt or b"") for each in entitlements]
        return FrozenRoll(tuple(_line(each) for each in entitlements), tuple(salts))

    async def _phones(self, roll: int) -> dict[int, list[str]]:
        sealed = await self.store.sealed_owners(roll)
        contents = {number: self._unseal(_owner_context(roll, number), each) for number, each in sealed.items()}
        return {number: json.loads(content)["phones"] for number, content in contents.items()}

    def _unseal(self, context: str, sealed: bytes) -> bytes:
        try:
            return unseal([self.key], context, sealed)
        except CryptoError:
            raise ContradictionError(f"{context}: what was sealed for it cannot be opened with this key") from None

    async def _require_draft(self, roll: int) -> StoredRoll:
        stored = await self.store.get(roll, lock=True)
        if stored.frozen:
            raise RefusedError(Reason.WRONG_STATE, "The roll is frozen and does not change any more: import a new one.")
        return stored

    def _sealed(self, roll: int, entitlement: Entitlement, units: Mapping[tuple[str, str, str], int]) -> NewEntitlement:
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
            tuple((units[_place(unit)], unit.area_dm2, str(unit.area_source)) for unit in entitlement.units),
        )


def _place(unit: Unit) -> tuple[str, str, str]:
    return unit.place.building, unit.place.entrance, unit.place.room


def _gather(units: tuple[Unit, ...], name: str) -> list[str]:
    return list(dict.fromkeys(each for unit in units for each in getattr(unit, name)))


def _line(entitlement: StoredEntitlement) -> RollLine:
    places = tuple(str(Place(*place)) for place in entitlement.places)
    return RollLine(entitlement.number, places, entitlement.masked_owner, entitlement.area_dm2)


def _findings(reading: RollReading) -> list[NewFinding]:
    return [
        NewFinding(finding.row, str(finding.outcome), *reasons(finding))
        for finding in reading.findings
        if finding.outcome is not Outcome.IGNORED
    ]


def _require_text(text: str, what: str) -> None:
    if not text.strip() or len(text) > MAX_TEXT or any(each < " " and each not in "\n\r\t" for each in text):
        raise RefusedError(Reason.MALFORMED, f"The {what} must have 1 to {MAX_TEXT} characters that can be read.")


def _objection_context(roll: int) -> str:
    return f"roll/{roll}/objection"


def _owner_context(roll: int, number: int) -> str:
    return f"roll/{roll}/entitlement/{number}/owner"


def _salt_context(roll: int, number: int) -> str:
    return f"roll/{roll}/entitlement/{number}/salt"
