"""Asks witnesses to cosign a checkpoint, all at once, and looks at what they have where they will not.

 * Each call ends after a second. Who does not answer in time is asked again with the next checkpoint, or by the next round.
 * A witness that cosigned another size last is told the proof from that size.
 * Nothing is asked under an address of anybody's wish: the addresses are those of the estate's policy, without redirects.

Not here: what an answer means (`witness_answer`), when checkpoints are signed and shown.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import httpx

from crypto.checkpoint import decode_checkpoint
from crypto.log_policy import PolicyWitness
from crypto.note import Note, NoteSignature, VerifierKey, decode_note
from vote.log.witness_answer import (
    MAX_ANSWER_BYTES,
    Alarm,
    Cosigned,
    Doubted,
    Told,
    Trouble,
    encode_request,
    find_alarm,
    read_answer,
    read_evidence,
)

CALL_SECONDS = 1
ROUNDS = 3
"""A witness may cosign for another process between its answer and our next question."""
_OK, _MISSING = 200, 404


class Tree(Protocol):
    """The log as the database has it now; other processes may let it grow meanwhile."""

    async def head_size(self) -> int:
        """Return how many entries it has."""

    async def root(self, size: int) -> bytes:
        """Return the root of its first `size` entries."""

    async def consistency_proof(self, old: int, size: int) -> Sequence[bytes]:
        """Return the proof that its first `size` entries begin with the first `old`."""


@dataclass(frozen=True, slots=True)
class Word:
    """What came of asking one witness."""

    witness: str
    """Its name in the policy."""
    signatures: tuple[NoteSignature, ...] = ()
    trouble: Trouble | None = None
    alarm: Alarm | None = None


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Asks over HTTP."""

    client: httpx.AsyncClient
    call_seconds: float = CALL_SECONDS

    async def ask(
        self,
        witnesses: Sequence[PolicyWitness],
        checkpoint: bytes,
        *,
        log: Sequence[VerifierKey],
        sizes: Mapping[str, int],
        tree: Tree,
    ) -> tuple[Word, ...]:
        """Return what came of asking each witness that has an address, in the order given.

        Args:
            witnesses: whom to ask.
            checkpoint: the note as the log signed it.
            log: the keys of the log, by which an alarm is proved.
            sizes: what each cosigned last, as far as is known, by its name in the policy.
            tree: the log.
        """
        note = decode_note(checkpoint)
        dialogues = self._dialogues(witnesses, decode_checkpoint(note.text).origin, log, tree)
        return tuple(
            await asyncio.gather(*(each.ask(note, checkpoint, sizes.get(each.witness.name, 0)) for each in dialogues))
        )

    async def look(
        self, witnesses: Sequence[PolicyWitness], origin: str, *, log: Sequence[VerifierKey], tree: Tree
    ) -> tuple[Word, ...]:
        """Return what each witness that has an address shows of a log, before anything is signed.

        A witness that has nothing of the log, or nothing but what the database has, is in no trouble.

        Args:
            witnesses: at whom to look.
            origin: of the log.
            log: the keys of the log, by which an alarm is proved.
            tree: the log.
        """
        dialogues = self._dialogues(witnesses, origin, log, tree)
        return tuple(await asyncio.gather(*(each.look() for each in dialogues)))

    def _dialogues(
        self, witnesses: Sequence[PolicyWitness], origin: str, log: Sequence[VerifierKey], tree: Tree
    ) -> list["_Dialogue"]:
        keys = [key for key in log if key.name == origin]
        return [_Dialogue(self, each, origin, keys, tree) for each in witnesses if each.url is not None]

    async def call(self, method: str, url: str, body: bytes | None = None) -> tuple[int, str, bytes] | None:
        """Return status, media type and body of an answer; None if there is none in time, or it is too long."""
        try:
            async with (
                asyncio.timeout(self.call_seconds),
                self.client.stream(method, url, content=body, follow_redirects=False) as response,
            ):
                data = bytearray()
                async for part in response.aiter_bytes():
                    data += part
                    if len(data) > MAX_ANSWER_BYTES:
                        return None
                return response.status_code, response.headers.get("content-type", ""), bytes(data)
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL):
            return None


@dataclass(frozen=True, slots=True)
class _Dialogue:
    """With one witness, about one log."""

    witnesses: Witnesses
    witness: PolicyWitness
    origin: str
    log: Sequence[VerifierKey]
    tree: Tree

    async def ask(self, note: Note, checkpoint: bytes, old: int) -> Word:
        """Ask for a cosignature; `old` is the size that the witness seems to have cosigned last."""
        size = decode_checkpoint(note.text).size
        for _ in range(ROUNDS):
            if old > size:
                return await self.look(Trouble.OVERTAKEN)
            proof = await self.tree.consistency_proof(old, size)
            answer = await self._call("POST", "add-checkpoint", encode_request(old, proof, checkpoint))
            if answer is None:
                return Word(self.witness.name, trouble=Trouble.AWAY)
            status, media, body = answer
            match read_answer(status, media, body, note=note, key=self.witness.key, old=old):
                case Cosigned(signatures):
                    return Word(self.witness.name, signatures)
                case Told(told):
                    old = told
                case Doubted():
                    return await self.look(Trouble.REFUSED)
                case Trouble() as trouble:
                    return Word(self.witness.name, trouble=trouble)
        return Word(self.witness.name, trouble=Trouble.OVERTAKEN)

    async def look(self, otherwise: Trouble | None = None) -> Word:
        """Find out whether the witness has what this database has not; if not, the trouble is `otherwise`."""
        answer = await self._call("GET", f"{sha256(self.origin.encode()).hexdigest()}/checkpoint")
        if answer is None:
            return Word(self.witness.name, trouble=otherwise or Trouble.AWAY)
        status, _, body = answer
        theirs = read_evidence(body, self.log) if status == _OK else None
        if theirs is None:
            shown = None if status == _MISSING else Trouble.UNREADABLE
            return Word(self.witness.name, trouble=otherwise or shown)
        has = theirs.size <= await self.tree.head_size()
        kind = find_alarm(theirs, await self.tree.root(theirs.size) if has else None)
        if kind is None:
            return Word(self.witness.name, trouble=otherwise)
        return Word(self.witness.name, alarm=Alarm(kind, self.witness.name, theirs.size, body))

    async def _call(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str, bytes] | None:
        return await self.witnesses.call(method, f"{(self.witness.url or '').rstrip('/')}/{path}", body)
