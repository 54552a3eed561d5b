"""Verifies a public log, and an election against it: steps `LOG_SIGNED` to `LOG_RECEIPTS`.

 * Entries are read once; those of the election beside the log are kept, the others are only counted.
 * The checkpoint of a log is kept after everything held, and must be continued the next time.

Not here: the checks (`log_audit`, `log_facts`, `log_receipt`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from crypto.checkpoint import Checkpoint
from crypto.encoding import hex_digest
from crypto.errors import CryptoError, VerificationError
from crypto.log_policy import LogPolicy
from crypto.note import decode_note, encode_verifier_key
from vote.law.citation import Text
from vote.log.kinds import read_entry, require_entries
from vote.log.rules import Kind
from vote.verifier import log_audit, log_facts, log_receipt
from vote.verifier.last_seen import LastSeen
from vote.verifier.log_anchors import verify_anchors
from vote.verifier.log_facts import Expected, Placed
from vote.verifier.log_files import CHECKPOINT, POLICY, PublishedLog
from vote.verifier.progress import Progress
from vote.verifier.receipt import Receipt
from vote.verifier.report import Step

_NONE = Text("旁边没有 log 文件夹", "there is no folder log beside it")
_KEY = "key"
"""The log's verifier key, for those who take no policy."""
_SHOWN = 5


class Kept(NamedTuple):
    """An entry that is looked at again, and its place in the log, counted from 0."""

    number: int
    kind: Kind
    data: bytes


Wanted = Callable[[Kind, bytes], bool]
"""Whether an entry is kept."""


@dataclass(slots=True)
class VerifiedLog:
    """A log that holds."""

    log: PublishedLog
    policy: LogPolicy
    checkpoint: Checkpoint
    first: Kept | None = None
    """Its first entry, if it has any."""
    kept: list[Kept] = field(default_factory=list)
    """The entries that were wanted."""

    @property
    def own(self) -> list[Placed]:
        """What the entries that were wanted say."""
        return [Placed(each.number, read_entry(each.data, ""), self.log.number) for each in self.kept]


def chains_of(logs: Sequence[VerifiedLog]) -> list[list[VerifiedLog]]:
    """Return the logs of each estate, in which a further one comes behind the one before."""
    chains: list[list[VerifiedLog]] = []
    for each in logs:
        if each.log.number > 1 and chains:
            chains[-1].append(each)
        else:
            chains.append([each])
    return chains


def of_election(uuid: str) -> Wanted:
    """Want the entries of an election, and all rolls."""
    named = f'"election":"{uuid}"'.encode()
    return lambda kind, entry: kind is Kind.ROLL_FROZEN or named in entry


def verify_logs(
    logs: Sequence[PublishedLog],
    seen: LastSeen | None,
    progress: Progress,
    wanted: Wanted | None = None,
) -> tuple[VerifiedLog, ...]:
    """Verify each log by itself.

    Args:
        logs: with their policies.
        seen: the checkpoints seen before, if they are kept.
        progress: hears of the steps.
        wanted: which entries to keep; none if it is None.

    Raises:
        StoppedError: something is wrong.
    """
    found = []
    with progress.step(Step.LOG_SIGNED) as details:
        for log in logs:
            with _telling(log.name):
                found.append(_open(log, details, progress))
    _verify_seen(found, seen, progress)
    with progress.step(Step.LOG_ENTRIES) as details:
        for each in found:
            with _telling(each.log.name):
                _verify_entries(each, wanted, details, progress)
    progress.facts["logs"] = [
        {"origin": each.checkpoint.origin, "size": each.checkpoint.size, "root": each.checkpoint.root.hex()}
        for each in found
    ]
    return tuple(found)


def skip_logs(progress: Progress) -> None:
    """Note that there is no log."""
    progress.skip(_NONE, Step.LOG_SIGNED, Step.LOG_CONTINUED, Step.LOG_ENTRIES, Step.LOG_ELECTION, Step.LOG_RECEIPTS)


def verify_election(logs: Sequence[VerifiedLog], expected: Expected, progress: Progress) -> None:
    """Verify that the one log that tells of an election tells what its files say, or the logs of the one estate.

    Raises:
        StoppedError: it does not.
    """
    with progress.step(Step.LOG_ELECTION) as details:
        telling = [
            each
            for each in chains_of(logs)
            if any(own.kind is Kind.ELECTION_SEALED for log in each for own in log.kept)
        ]
        if len(telling) != 1:
            raise VerificationError(
                f"{len(telling)} of the logs tell of the sealing of election {expected.uuid}, not one"
            )
        with _telling(telling[0][0].log.name):
            own = [each for log in telling[0] for each in log.own]
            log_facts.verify_told(own, expected)
        ballots = sum(each.entry.kind is Kind.BALLOT_ACCEPTED for each in own)
        details.append(Text(f"{ballots}张票，一张不多，一张不少", f"{ballots} ballots, none more and none less"))


def verify_receipts(
    proofs: Mapping[str, bytes],
    logs: Sequence[VerifiedLog],
    promises: Mapping[str, Receipt],
    expected: Expected,
    progress: Progress,
) -> None:
    """Verify receipts against the logs, and against the promises of the same ballots.

    Raises:
        StoppedError: one does not hold.
    """
    if not proofs:
        progress.skip(Text("没有", "there are none"), Step.LOG_RECEIPTS)
        return
    both = 0
    with progress.step(Step.LOG_RECEIPTS) as details:
        for name, data in proofs.items():
            ballot = _verify_receipt(name, data, logs, expected)
            promise = promises.get(ballot.tracker)
            if promise is not None:
                log_receipt.verify_promised(ballot, promise.promise, name)
                both += 1
        details.append(
            Text(
                f"{len(proofs)}份，{both}份和回执是同一张票",
                f"{len(proofs)}, of which {both} are of the ballots of receipts",
            )
        )


def keep_seen(logs: Sequence[VerifiedLog], seen: LastSeen | None, progress: Progress) -> None:
    """Write down the checkpoints that held, and say so."""
    if seen is None or not logs:
        return
    try:
        seen.keep({each.checkpoint.origin: each.log.files.get(CHECKPOINT) or b"" for each in logs})
    except (OSError, CryptoError):
        progress.warn(f"没能记下这次看到的日志：{seen.path} 写不了", f"{seen.path} cannot be written: nothing was kept")
        return
    progress.warn(
        f"已把这次看到的日志记在 {seen.path}，下次核对要求它只增不改；不想记，加 --forget",
        f"the checkpoint seen was written down in {seen.path}, and must be continued next time; --forget keeps nothing",
    )


@contextmanager
def _telling(name: str) -> Iterator[None]:
    try:
        yield
    except CryptoError as error:
        raise type(error)(f"{name}: {error}") from None


def _open(log: PublishedLog, details: list[Text], progress: Progress) -> VerifiedLog:
    beside = log.files.get(POLICY)
    data = beside if log.policy is None else log.policy
    if data is None:
        raise VerificationError("policy: it is missing, so nothing says whose signatures count")
    policy = log_audit.read_policy(data)
    checkpoint = log_audit.open_latest(log.files, policy)
    note = decode_note(log.files.get(CHECKPOINT) or b"")
    witnesses = policy.cosigners_of(note)
    details.append(
        Text(
            f"{checkpoint.origin}，{checkpoint.size}条，旁证{len(witnesses)}个",
            f"{checkpoint.origin}, {checkpoint.size} entries, {len(witnesses)} witnesses",
        )
    )
    keys = [each.key for each in policy.logs] + [each.key for each in policy.witnesses]
    known = {(key.name, key.key_id) for key in keys}
    unknown = sum((each.name, each.key_id) not in known for each in note.signatures)
    if unknown:
        progress.warn(
            f"{log.name}：checkpoint 上有{unknown}个签名不是 policy 里的，没有核对",
            f"{log.name}: {unknown} signatures of its checkpoint are by none of its policy and were not checked",
        )
    if log.policy is None:
        progress.warn(
            f"{log.name}：policy 和日志来自同一处；请和公告栏上的核对，或用 --policy 给出您自己的",
            f"{log.name}: its policy came with it; compare it with the one posted, or bring your own with --policy",
        )
    return VerifiedLog(log, policy, checkpoint)


def _verify_seen(found: Sequence[VerifiedLog], seen: LastSeen | None, progress: Progress) -> None:
    if seen is None:
        progress.skip(Text("没有记下上次看到的", "nothing is kept of what was seen"), Step.LOG_CONTINUED)
        return
    with progress.step(Step.LOG_CONTINUED) as details:
        for each in found:
            with _telling(each.log.name):
                data = seen.get(each.checkpoint.origin)
                if data is None:
                    details.append(Text("第一次看到这份日志", "this log is seen for the first time"))
                    continue
                old = log_audit.open_signed(data, each.policy)
                log_audit.verify_continued(old, each.checkpoint, each.log.files)
                details.append(Text(f"上次看到的{old.size}条都在", f"the {old.size} entries seen before are all there"))


def _verify_entries(found: VerifiedLog, wanted: Wanted | None, details: list[Text], progress: Progress) -> None:
    name, checkpoint, files = found.log.name, found.checkpoint, found.log.files
    kinds: Counter[Kind] = Counter()
    place, policy = 0, None
    for entries in log_audit.audited_entries(checkpoint, files):
        found_kinds = require_entries(entries, place)
        found.first = found.first or Kept(0, found_kinds[0], entries[0])
        kinds.update(found_kinds)
        if Kind.POLICY_ANNOUNCED in found_kinds:
            last = max(at for at, kind in enumerate(found_kinds) if kind is Kind.POLICY_ANNOUNCED)
            policy = read_entry(entries[last], "").facts["policy"]
        if wanted is not None:
            rows = zip(found_kinds, entries, strict=True)
            found.kept += [Kept(at, *row) for at, row in enumerate(rows, place) if wanted(*row)]
        place += len(entries)
    anchors = verify_anchors(checkpoint, found.policy, files)
    beside = log_audit.verify_beside(checkpoint, files, (CHECKPOINT, POLICY, _KEY, *anchors))
    key = files.get(_KEY)
    if key is not None and key not in {encode_verifier_key(log.key).encode() + b"\n" for log in found.policy.logs}:
        raise VerificationError("key: it is not the log's key in its policy")
    _verify_policy(found, policy, progress)
    number = kinds[Kind.BALLOT_ACCEPTED]
    details.append(Text(f"{place}条，其中{number}张票", f"{place} entries, {number} of them ballots"))
    if anchors:
        progress.warn(
            f"{name}：时间戳{len(anchors) // 2}个，是谁盖的没有核对；用 openssl ts -verify 可以核对",
            f"{name}: {len(anchors) // 2} time stamps; who gave them was not checked, openssl ts -verify can",
        )
    if beside.ahead:
        shown = ", ".join(beside.ahead[:_SHOWN])
        progress.warn(
            f"{name}：有{len(beside.ahead)}个文件比 checkpoint 新，没有核对（{shown}）",
            f"{name}: {len(beside.ahead)} files are ahead of the checkpoint and were not checked ({shown})",
        )
    if beside.foreign:
        shown = ", ".join(beside.foreign[:_SHOWN])
        progress.warn(
            f"{name}：有{len(beside.foreign)}个文件不是日志的，没有核对（{shown}）",
            f"{name}: {len(beside.foreign)} files are none of a log's and were not checked ({shown})",
        )


def _verify_policy(found: VerifiedLog, announced: str | None, progress: Progress) -> None:
    """Hold the policy beside the log against the one that the log announced last."""
    data = found.log.files.get(POLICY)
    if announced is None:
        progress.warn(
            f"{found.log.name}：日志里没有写它的 policy 是哪一份",
            f"{found.log.name}: the log does not say which policy is its own",
        )
    elif data is not None and hex_digest(data) != announced:
        raise VerificationError("policy: it is not the one that the log announced last")


def _verify_receipt(
    name: str, data: bytes, logs: Sequence[VerifiedLog], expected: Expected
) -> log_receipt.ProvenBallot:
    log = next((each for each in logs if f"\n{each.checkpoint.origin}\n".encode() in data), logs[0])
    ballot = log_receipt.verify_receipt(data, log.policy, name)
    if ballot.election != expected.uuid:
        raise VerificationError(f"{name}: its ballot is of another election")
    if ballot.checkpoint.size <= log.checkpoint.size:
        with _telling(name):
            log_audit.verify_continued(ballot.checkpoint, log.checkpoint, log.log.files)
    if expected.trackers is not None and ballot.tracker not in set(expected.trackers):
        raise VerificationError(f"{name}: its ballot is not in box.json")
    return ballot
