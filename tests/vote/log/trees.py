"""A log in memory, as a witness's client sees the database's."""

from collections.abc import Sequence
from dataclasses import dataclass

from crypto.checkpoint import Checkpoint, sign_checkpoint
from crypto.merkle import consistency_proof, root
from tests.crypto.logs import LOG_KEY, ORIGIN


@dataclass
class MemoryTree:
    """The entries of one database."""

    leaves: list[bytes]

    async def head_size(self) -> int:
        return len(self.leaves)

    async def root(self, size: int) -> bytes:
        return root(self.leaves[:size])

    async def consistency_proof(self, old: int, size: int) -> Sequence[bytes]:
        return consistency_proof(self.leaves[:size], old)

    def checkpoint(self, size: int | None = None) -> bytes:
        size = len(self.leaves) if size is None else size
        return sign_checkpoint(Checkpoint(ORIGIN, size, root(self.leaves[:size])), LOG_KEY)
