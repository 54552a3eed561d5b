"""A signed log in the database, written row by row as sequencing does, for tests of what reads it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.cosignature import cosign
from crypto.edge import Edge
from crypto.merkle import leaf_hash
from crypto.note import KeyType, VerifierKey, decode_note, encode_verifier_key, signature_line
from crypto.signature import SigningKey
from tests.crypto.logs import AT, WITNESS_KEYS
from vote.estate.models import Estate
from vote.estate.service import EstateService
from vote.estate.store import EstatePlace, EstateStore
from vote.log.models import Log, LogCheckpoint, LogCosignature, LogEntry, LogHead, LogTile, PendingEntry
from vote.log.rules import Kind, encode_entry

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)
UUID = "AAAAAAAAAAAAAAAAA2"


def told(number: int) -> bytes:
    """Return an entry of a known kind, of another length for each number of digits."""
    return encode_entry(Kind.POOL_RELEASED, {"election": UUID, "pool": number, "ballots": 20})


@dataclass
class SignedLog:
    """A log of an estate that grows in the database; what was signed is published only when asked."""

    estate: str = "e1"
    number: int = 1
    host: str = "vote.example"
    leaves: list[bytes] = field(default_factory=list)
    id: int = 0

    def __post_init__(self) -> None:
        self.key = SigningKey(bytes([self.number]) * 32)
        self.edge = Edge.of(0, {})

    @property
    def origin(self) -> str:
        further = f"/{self.number}" if self.number > 1 else ""
        return f"{self.host}/log/{self.estate}{further}"

    @property
    def verifier_key(self) -> VerifierKey:
        return VerifierKey(self.origin, KeyType.ED25519, self.key.public)

    async def open(self) -> "SignedLog":
        if not await Estate.exists(id=self.estate):
            await EstateService(EstateStore()).found(
                EstatePlace(self.estate, f"馨苑{self.estate}", "桥东", "魏塘", "嘉善")
            )
        row = await Log.create(
            estate_id=self.estate,
            number=self.number,
            origin=self.origin,
            verifier_key=encode_verifier_key(self.verifier_key),
            opened_at=NOON,
        )
        self.id = int(row.id)
        return self

    async def grow(self, bodies: Sequence[bytes], *, published: bool = True) -> "SignedLog":
        first, at = len(self.leaves), NOON + timedelta(seconds=len(self.leaves) + len(bodies))
        hashes = [leaf_hash(each) for each in bodies]
        pending = [
            await PendingEntry.create(estate_id=self.estate, kind=json.loads(body)["kind"], body=body, happened_at=at)
            for body in bodies
        ]
        await LogEntry.bulk_create(
            [
                LogEntry(log_id=self.id, position=first + offset, entry=entry, leaf_hash=hashed)
                for offset, (entry, hashed) in enumerate(zip(pending, hashes, strict=True))
            ]
        )
        self.leaves += bodies
        for tile, data in self.edge.extend(hashes).items():
            row = await LogTile.get_or_none(log_id=self.id, level=tile.level, position=tile.index)
            if row is None:
                await LogTile.create(log_id=self.id, level=tile.level, position=tile.index, hashes=data)
            else:
                row.hashes = data
                await row.save()
        note = self.note(self.edge.size, self.edge.root())
        head = await LogHead.get_or_none(log_id=self.id)
        values = {"size": self.edge.size, "root": self.edge.root(), "note": note, "signed_at": at}
        if head is None:
            await LogHead.create(log_id=self.id, **values)
        else:
            await head.update_from_dict(values).save()
        await LogCheckpoint.create(log_id=self.id, size=self.edge.size, note=note, signed_at=at)
        if published:
            await self.publish()
        return self

    async def publish(self, size: int | None = None) -> None:
        await LogCheckpoint.filter(log_id=self.id, size=size or self.edge.size).update(
            published_at=NOON + timedelta(days=1)
        )

    async def cosign(self, key: str, size: int | None = None, *, name: str | None = None) -> bytes:
        row = await LogCheckpoint.get(log_id=self.id, size=size or self.edge.size)
        line = signature_line(cosign(decode_note(bytes(row.note)), key, WITNESS_KEYS[key], AT)).encode()
        await LogCosignature.create(checkpoint=row, witness=name or key, line=line, received_at=NOON)
        return line

    def note(self, size: int, root: bytes) -> bytes:
        return sign_checkpoint(Checkpoint(self.origin, size, root), self.key)
