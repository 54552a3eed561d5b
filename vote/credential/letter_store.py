"""Queries about letters' numbers, the codes given for them, and the agreements signed under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from vote.credential.acting import Acting, Said
from vote.credential.channel import Channel
from vote.credential.code import OneTimeCode
from vote.credential.models import ActingSaid, Agreement, Credential, DeskCheck, LetterNumber
from vote.credential.models import OneTimeCode as CodeRow


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter in force, with what the platform holds for it."""

    id: int
    credential: int
    """The row."""
    public: str
    """The whole public credential."""
    entitlement: int
    """The row, not the number in the roll."""
    number: int
    """The entitlement's number in the roll."""
    digest: str
    platform_public: str
    platform_part: bytes
    """Sealed."""


@dataclass(frozen=True, slots=True)
class StoredCode:
    """A code that was sent or given at the desk."""

    id: int
    phone: int | None
    """The row of the phone; None for one of the desk."""
    code: OneTimeCode


class Cast(NamedTuple):
    """A ballot in the box."""

    at: datetime
    channel: Channel


class LetterStore:
    """Letters' numbers in the database."""

    async def add_all(self, digests: Mapping[int, str], now: datetime) -> None:
        """Put numbers in force, by credential (the row)."""
        rows = [
            LetterNumber(credential_id=credential, digest=digest, issued_at=now)
            for credential, digest in digests.items()
        ]
        await LetterNumber.bulk_create(rows, batch_size=500)

    async def digests(self, election: str) -> set[str]:
        """Return the digest of every number that an election has or had."""
        rows = await LetterNumber.filter(credential__election_id=election).values("digest")
        return {row["digest"] for row in rows}

    async def find(self, digest: str) -> StoredLetter | None:
        """Return the letter in force that has a number, held until the transaction ends, if there is one.

        Args:
            digest: of the number and its election, so it is found in that election only.
        """
        return await self._held(digest=digest)

    async def of_credential(self, credential: int) -> StoredLetter | None:
        """Return the letter in force of a credential (the row), held until the transaction ends."""
        return await self._held(credential_id=credential)

    async def hold_credential(self, election: str, number: int) -> int | None:
        """Return the credential (the row) of an entitlement's number in the roll; nobody casts with it meanwhile."""
        row = await Credential.filter(election_id=election, entitlement__number=number).values("id")
        if not row:
            return None
        held = await Credential.filter(id=row[0]["id"]).select_for_update().first()
        return held.id if held else None

    async def has_cast(self, credential: int) -> bool:
        """Whether a ballot of a credential (the row) was accepted."""
        return await Credential.filter(id=credential, ballots__isnull=False).exists()

    async def cast(self, credential: int) -> list[Cast]:
        """Return the ballots of a credential (the row) in their order."""
        ballots = Credential.filter(id=credential, ballots__isnull=False).order_by("ballots__sequence")
        rows = await ballots.values_list("ballots__received_at", "ballots__channel")
        return [Cast(at.astimezone(UTC), Channel(channel)) for at, channel in rows]

    async def replace(self, letter: StoredLetter, digest: str, now: datetime) -> None:
        """Put another number in the place of a letter's."""
        await LetterNumber.filter(id=letter.id).update(revoked_at=now)
        await LetterNumber.create(credential_id=letter.credential, digest=digest, issued_at=now)

    async def count_replaced(self, election: str) -> int:
        """Return how many letters of an election were made anew."""
        return await LetterNumber.filter(credential__election_id=election, revoked_at__isnull=False).count()

    async def replaced(self, election: str) -> list[int]:
        """Return the entitlements (numbers in the roll) whose letters were made anew."""
        rows = LetterNumber.filter(credential__election_id=election, revoked_at__isnull=False)
        found = await rows.values("credential__entitlement__number")
        return sorted({int(row["credential__entitlement__number"]) for row in found})

    async def was_opened(self, credential: int) -> bool:
        """Whether the platform's part was given to whoever had any letter of a credential (the row)."""
        used = {"letter__credential_id": credential, "used_at__isnull": False}
        return await CodeRow.filter(**used).exists() or await DeskCheck.filter(**used).exists()

    async def is_opened(self, letter: int) -> bool:
        """Whether the platform's part was given for this letter (the row)."""
        used = {"letter_id": letter, "used_at__isnull": False}
        return await CodeRow.filter(**used).exists() or await DeskCheck.filter(**used).exists()

    async def add_code(self, letter: int, phone: int, code: OneTimeCode) -> None:
        """Keep a code that is sent."""
        await CodeRow.create(
            letter_id=letter,
            phone_id=phone,
            digest=code.digest,
            issued_at=code.issued_at,
            expires_at=code.expires_at,
        )

    async def latest_code(self, letter: int) -> StoredCode | None:
        """Return the code that was sent or given last for a letter (the row)."""
        sent = await CodeRow.filter(letter_id=letter).order_by("-id").first().values()
        given = await DeskCheck.filter(letter_id=letter, digest__isnull=False).order_by("-issued_at").first().values()
        if sent and (not given or sent["issued_at"] > given["issued_at"]):
            return StoredCode(sent["id"], sent["phone_id"], _code(sent))
        return StoredCode(given["id"], None, _code(given)) if given else None

    async def keep_attempt(self, code: StoredCode, tried: OneTimeCode) -> None:
        """Keep what became of a code."""
        rows = CodeRow if code.phone is not None else DeskCheck
        await rows.filter(id=code.id).update(tries=tried.tries, used_at=tried.used_at)

    async def sent_for_credential(self, credential: int, since: datetime) -> list[datetime]:
        """Return when codes were sent for a credential (the row)."""
        return await self._moments(letter__credential_id=credential, issued_at__gt=since)

    async def sent_to_phone(self, digest: str, since: datetime) -> list[datetime]:
        """Return when codes were sent to a number, whoever's it is."""
        return await self._moments(phone__digest=digest, issued_at__gt=since)

    async def add_agreement(self, letter: int, document: bytes, now: datetime) -> bool:
        """Keep the agreement signed under a letter (the row), unless there is one; return whether there was none."""
        if await Agreement.filter(letter_id=letter).exists():
            return False
        await Agreement.create(letter_id=letter, document=document, signed_at=now)
        return True

    async def agreements(self, election: str) -> Sequence[bytes]:
        """Return every agreement of an election, in the order kept."""
        rows = await Agreement.filter(letter__credential__election_id=election).order_by("id").values("document")
        return [bytes(row["document"]) for row in rows]

    async def add_said(self, letter: int, acting: Acting, now: datetime) -> None:
        """Keep who somebody said to be who opened a key with a letter (the row)."""
        await ActingSaid.create(letter_id=letter, acting=acting, said_at=now)

    async def said(self, election: str, entitlement: int | None = None) -> list[Said]:
        """Return what was said in an election, or of one owner (the number in the roll), in the order said."""
        query = ActingSaid.filter(letter__credential__election_id=election)
        if entitlement is not None:
            query = query.filter(letter__credential__entitlement__number=entitlement)
        columns = "letter__credential__entitlement__number", "acting", "said_at"
        rows = await query.order_by("id").values_list(*columns)
        return [Said(number, Acting(acting), at.astimezone(UTC)) for number, acting, at in rows]

    async def has_agreed(self, letter: int) -> bool:
        """Whether an agreement was signed under a letter (the row)."""
        return await Agreement.filter(letter_id=letter).exists()

    async def _moments(self, **conditions: object) -> list[datetime]:
        rows = await CodeRow.filter(**conditions).values("issued_at")
        return [row["issued_at"].astimezone(UTC) for row in rows]

    async def _held(self, **which: object) -> StoredLetter | None:
        # A query for values would hold nothing: tortoise locks whole rows only.
        row = await LetterNumber.filter(**which, revoked_at__isnull=True).select_for_update().first()
        if row is None:
            return None
        credential = await Credential.get(letter_numbers__id=row.id).select_related("entitlement")
        return StoredLetter(
            row.id,
            credential.id,
            credential.public,
            credential.entitlement.id,
            credential.entitlement.number,
            row.digest,
            credential.platform_public or "",
            bytes(credential.platform_part or b""),
        )


def _code(row: Mapping[str, Any]) -> OneTimeCode:
    used = row["used_at"]
    return OneTimeCode(
        row["digest"],
        row["issued_at"].astimezone(UTC),
        row["expires_at"].astimezone(UTC),
        row["tries"],
        used.astimezone(UTC) if used else None,
    )
