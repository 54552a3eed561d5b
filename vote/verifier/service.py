"""Verifies a bundle or a lone archive from its files alone: every step of `report.Step`, in order.

 * The first step that fails ends it; a share that was not needed, or a proof that is not there, is a warning.
 * Without the files beside an archive it is verified by protocol, and completeness is said not to be checked.

Not here: words on the screen (`command`), the steps before receipts (`opening`, `counting`).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from crypto.log_policy import LogPolicy
from crypto.signature import decode_public_key
from vote.ballot.rules import PUBLICATION_DELAY_SECONDS
from vote.election.change import Change, Prolonged
from vote.election.manifest import Manifest
from vote.election.terms import decode_moment, encode_moment
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.verifier import logs, receipt
from vote.verifier.bundle import Bundle
from vote.verifier.certifying import certify
from vote.verifier.counting import Ballots, verify_count
from vote.verifier.last_seen import LastSeen
from vote.verifier.log_chain import verify_chains
from vote.verifier.logs_beside import verify_logs_beside, verify_lone_proofs
from vote.verifier.opening import Opened, open_bundle
from vote.verifier.progress import Progress, StoppedError
from vote.verifier.receipt import Place, Receipt, Shown, Voting
from vote.verifier.report import Line, Report, Step, Verdict


def verify_bundle(
    bundle: Bundle,
    *,
    key: bytes | None = None,
    processes: int | None = None,
    disclosure: bool = False,
    policy: LogPolicy | None = None,
    seen: LastSeen | None = None,
    tell: Callable[[Line], None] = lambda _: None,
) -> Report:
    """Verify everything that is there.

    Args:
        bundle: the files.
        key: the platform's public key, 32 bytes, for the signatures of receipts; if none is said, the manifest's.
        processes: how many check ballots and keys at once; all processors if none is said.
        disclosure: whether the figure of disclosure is computed again, which takes seconds.
        policy: whose signatures make a receipt of a log that is beside none worth believing.
        seen: keeps the checkpoints of logs that were seen.
        tell: hears of each step when it ends.

    Raises:
        RefusedError: a receipt alone, without key or archive: there is nothing to hold it against (`Reason.NOT_FOUND`).
        UnavailableError: a process died.
    """
    progress = Progress(tell)
    try:
        if bundle.archive is None and not bundle.archives and not bundle.parts:
            _verify_alone(bundle, key, policy, seen, progress)
        else:
            opened = open_bundle(bundle, processes, progress)
            ballots = verify_count(opened, processes, progress, disclosure=disclosure)
            certify(opened, ballots, progress)
            promises = _verify_receipts(opened, ballots, key, progress)
            found = verify_logs_beside(opened, ballots, promises, seen, progress)
            _warn_of_what_is_open(opened, progress)
            logs.keep_seen(found, seen, progress)
    except StoppedError:
        pass
    verdict = Verdict.REJECTED if progress.trouble else Verdict.VERIFIED
    return Report(verdict, tuple(progress.lines), tuple(progress.warnings), progress.trouble, progress.facts)


def _verify_alone(
    bundle: Bundle, key: bytes | None, policy: LogPolicy | None, seen: LastSeen | None, progress: Progress
) -> None:
    if bundle.logs:
        found = logs.verify_logs(bundle.logs, seen, progress)
        verify_chains(found, progress)
        logs.keep_seen(found, seen, progress)
        return
    if bundle.receipts and (key is not None or not bundle.proofs):
        _verify_lone_receipts(bundle, key, progress)
    if bundle.proofs:
        verify_lone_proofs(bundle, policy, progress)
        if bundle.receipts and key is None:
            progress.warn(
                "没有给出平台的公钥（--key）：回执的签名未核对",
                "without the platform's public key (--key) the signature of the promise was not checked",
            )


def _verify_receipts(opened: Opened, ballots: Ballots, key: bytes | None, progress: Progress) -> Mapping[str, Receipt]:
    """Return the promises that hold, by tracker."""
    if not opened.bundle.receipts:
        progress.skip(Text("没有回执", "there are none"), Step.RECEIPTS)
        return {}
    archive, election, manifest = opened.archive, opened.setup.election, opened.manifest
    if key is None and manifest is not None:
        key = decode_public_key(manifest.promise_key)
    shown = Shown(
        election.uuid,
        election.fingerprint,
        receipt.number_ballots(archive.ballots, ballots.credentials),
        archive.ended,
        None if ballots.box is None else set(ballots.box),
        {each.tracker for each in ballots.set_aside},
        None if manifest is None else _voting(manifest, opened.changes),
    )
    places: Counter[Place] = Counter()
    promises: dict[str, Receipt] = {}
    with progress.step(Step.RECEIPTS) as details:
        for name, data in opened.bundle.receipts.items():
            one = receipt.decode_receipt(data, name)
            if key is not None:
                receipt.verify_promise_signature(one, key, name)
            places[receipt.verify_kept(one, shown, name)] += 1
            promises[one.promise.tracker] = one
        number, kept = places.total(), places[Place.ARCHIVE]
        details.append(
            Text(
                f"{number}张回执，{kept}张的票在归档里", f"{number} receipts, the ballots of {kept} are in the archive"
            )
        )
    progress.facts["receipts"] = number
    _warn_of_places(places, shown.voting, progress)
    if key is None:
        progress.warn(
            "没有 manifest.json，也没有给出平台的公钥（--key）：回执的签名未核对",
            "without manifest.json or the platform's public key (--key) the signatures of receipts were not checked",
        )
    return promises


def _voting(manifest: Manifest, changes: Sequence[Change]) -> Voting:
    closes_at = [each.closes_at for each in changes if isinstance(each, Prolonged)]
    opens_at, planned = (decode_moment(text, "manifest") for text in (manifest.opens_at, manifest.closes_at))
    return Voting(opens_at, closes_at[-1] if closes_at else planned)


def _warn_of_places(places: Counter[Place], voting: Voting | None, progress: Progress) -> None:
    if number := places[Place.SET_ASIDE]:
        progress.warn(
            f"{number}张回执的票因争议在开箱前撤出，没有计入（set-aside.json）",
            f"the ballots of {number} receipts were taken out before counting, after a dispute (set-aside.json)",
        )
    if number := places[Place.BOX]:
        progress.warn(
            f"{number}张回执的票在票箱清单里，核对以后才进归档",
            f"the ballots of {number} receipts are in box.json; they come into the archive when they are checked",
        )
    if number := places[Place.NOWHERE_YET]:
        # No program that reads files alone can say whether that moment has passed; whoever reads the note can.
        due = voting and encode_moment(voting.closes_at + timedelta(seconds=PUBLICATION_DELAY_SECONDS))
        progress.warn(
            f"{number}张回执的票还没有进归档，投票尚未结束" + (f"；最迟应在{due}列入 box.json" if due else ""),
            f"the ballots of {number} receipts are not in the archive yet: voting has not ended"
            + (f"; they are promised to stand in box.json by {due}" if due else ""),
        )


def _verify_lone_receipts(bundle: Bundle, key: bytes | None, progress: Progress) -> None:
    with progress.step(Step.RECEIPTS):
        for name, data in bundle.receipts.items():
            one = receipt.decode_receipt(data, name)
            if key is None:
                raise RefusedError(
                    Reason.NOT_FOUND,
                    f"{name}: a receipt says nothing alone; put it beside its archive, or give the platform's key (--key)",
                )
            receipt.verify_promise_signature(one, key, name)
    progress.warn(
        "旁边没有归档，未核对这张票是否在归档里", "no archive beside it: whether it holds the ballot was not checked"
    )


def _warn_of_what_is_open(opened: Opened, progress: Progress) -> None:
    if opened.archive.result is None:
        progress.warn(
            "投票还没有结束，或还没有开箱：核对了已有的部分，没有结果",
            "voting has not ended or nothing is opened: what there is was verified, there is no result yet",
        )
    if opened.manifest is None:
        progress.warn(
            "只有归档：没有核对表决方案、业主清册和是否完整",
            "a lone archive: manifest, roll and completeness were not checked",
        )
    elif not opened.bundle.logs:
        progress.warn(
            "还没有核对公开日志：有没有漏掉选票，要靠回执",
            "the public log is not checked yet: that no ballot is missing rests on receipts",
        )
