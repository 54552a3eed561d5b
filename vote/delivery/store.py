"""Queries about letters on their way, about who has not voted, about reminders and looks."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from vote.credential.models import Credential
from vote.delivery.models import ExactLook, LetterDelivery, Reminder
from vote.delivery.rules import Line, Outcome
from vote.roll.models import Entitlement, EntitlementUnit


class Owner(NamedTuple):
    """An entitlement of a roll, as the register lists it."""

    row: int
    number: int
    area_dm2: int


class Flat(NamedTuple):
    """A unit of the roll."""

    entitlement: int
    """The row."""
    building: str
    entrance: str
    room: str
    area_dm2: int


class Sent(NamedTuple):
    """A reminder that was sent."""

    waiting: int
    reached: int
    at: datetime
    by: str


class Look(NamedTuple):
    """A look at exact figures."""

    what: str
    at: datetime
    by: str


class DeliveryStore:
    """The register in the database."""

    async def owners(self, roll: int) -> list[Owner]:
        """Return the entitlements of a roll by number."""
        rows = await Entitlement.filter(roll_id=roll).order_by("number").values("id", "number", "area_dm2")
        return [Owner(row["id"], row["number"], row["area_dm2"]) for row in rows]

    async def flats(self, roll: int) -> list[Flat]:
        """Return the units of a roll."""
        query = EntitlementUnit.filter(roll_id=roll).order_by("id")
        rows = await query.values("entitlement_id", "unit__building__name", "unit__entrance", "unit__room", "area_dm2")
        return [Flat(*row.values()) for row in rows]

    async def lines(self, election: str) -> dict[int, list[Line]]:
        """Return what was written down of each letter, by entitlement (the row), in order."""
        found: dict[int, list[Line]] = {}
        for row in await LetterDelivery.filter(election_id=election).order_by("id").values():
            found.setdefault(row["entitlement_id"], []).append(
                Line(
                    Outcome(row["outcome"]),
                    row["happened_on"],
                    row["carrier"],
                    row["proof"],
                    row["recorded_at"].astimezone(UTC),
                    row["recorded_by"],
                )
            )
        return found

    async def add_lines(  # noqa: PLR0917 - the columns of one row
        self,
        election: str,
        entitlements: Sequence[int],
        outcome: Outcome,
        happened_on: date,
        words: tuple[str, str],
        recorded: tuple[datetime, str],
    ) -> None:
        """Write the same down of several letters.

        Args:
            election: its uuid.
            entitlements: the rows.
            outcome: what became of them.
            happened_on: when.
            words: who carried them, and the proof.
            recorded: when it is written down and by which role.
        """
        await LetterDelivery.bulk_create(
            [
                LetterDelivery(
                    election_id=election,
                    entitlement_id=row,
                    outcome=outcome,
                    happened_on=happened_on,
                    carrier=words[0],
                    proof=words[1],
                    recorded_at=recorded[0],
                    recorded_by=recorded[1],
                )
                for row in entitlements
            ],
            batch_size=200,
        )

    async def voted(self, election: str) -> set[int]:
        """Return the entitlements (the rows) of which a ballot is in the box that was not taken out, shown or not."""
        rows = Credential.filter(election_id=election, ballots__isnull=False, ballots__set_aside__isnull=True)
        return {int(row["entitlement_id"]) for row in await rows.distinct().values("entitlement_id")}

    async def cast_at(self, election: str, number: int) -> list[datetime]:
        """Return when ballots of an owner (the number in the roll) came that were not taken out."""
        rows = Credential.filter(election_id=election, entitlement__number=number)
        found = await rows.filter(ballots__isnull=False, ballots__set_aside__isnull=True).values("ballots__received_at")
        return [row["ballots__received_at"].astimezone(UTC) for row in found]

    async def add_reminder(self, election: str, sent: Sent) -> None:
        """Note a reminder."""
        await Reminder.create(
            election_id=election, waiting=sent.waiting, reached=sent.reached, sent_at=sent.at, sent_by=sent.by
        )

    async def reminders(self, election: str) -> list[Sent]:
        """Return the reminders of an election, the latest first."""
        rows = await Reminder.filter(election_id=election).order_by("-id")
        return [Sent(row.waiting, row.reached, row.sent_at.astimezone(UTC), row.sent_by) for row in rows]

    async def add_look(self, election: str, look: Look) -> None:
        """Note a look."""
        await ExactLook.create(election_id=election, what=look.what, looked_at=look.at, looked_by=look.by)

    async def looks(self, election: str) -> list[Look]:
        """Return the looks at an election's exact figures, the latest first."""
        rows = await ExactLook.filter(election_id=election).order_by("-id")
        return [Look(row.what, row.looked_at.astimezone(UTC), row.looked_by) for row in rows]
