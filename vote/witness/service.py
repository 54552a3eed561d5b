"""Takes checkpoints: cosigns what continues the last one, and keeps it before anybody gets the cosignature."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from crypto.cosignature import cosign, with_signatures
from crypto.note import NoteSignature, encode_note
from vote.witness.key_file import WitnessKey
from vote.witness.rules import Latest, Logs, Refusal, find_refusal, read_submission, signing_time
from vote.witness.state import State


@dataclass(frozen=True, slots=True)
class WitnessService:
    """A witness with its memory."""

    key: WitnessKey
    logs: Logs
    state: State
    clock: Callable[[], int]
    """Tells the time, in whole seconds since 1970."""

    def add(self, data: bytes) -> NoteSignature | Refusal:
        """Return the cosignature of the checkpoint in a request, or why there is none.

        Raises:
            UnavailableError: the memory cannot be used now; nothing was cosigned.
        """
        submission = read_submission(data, self.logs)
        if isinstance(submission, Refusal):
            return submission
        made: list[NoteSignature] = []

        def decide(latest: Latest | None, last: int) -> Latest | Refusal:
            refusal = find_refusal(submission, latest)
            if refusal:
                return refusal
            at = signing_time(self.clock(), last)
            if isinstance(at, Refusal):
                return at
            made.append(cosign(submission.note, self.key.name, self.key.key, at))
            return Latest(encode_note(with_signatures(submission.note, made)), at)

        origin = submission.checkpoint.origin
        decided = self.state.advance(origin, decide)
        if isinstance(decided, Latest):
            return made[0]
        if decided.two_stories:
            self.state.keep_conflict(origin, encode_note(submission.note), self.clock())
        return decided

    def find(self, digest: str) -> bytes | None:
        """Return the checkpoint cosigned last of the log whose origin has this SHA-256, in hex.

        Raises:
            UnavailableError: the memory cannot be used now.
        """
        for origin in self.logs:
            if sha256(origin.encode()).hexdigest() == digest:
                latest = self.state.find(origin)
                return latest.note if latest else None
        return None
