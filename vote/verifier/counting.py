"""Verifies ballots, box, check and count: steps `BALLOTS` to `FINDING`.

 * Ballots are checked by several processes; everything else is quick, but for the figure of disclosure, if it is asked
   for.

Follows crypto/SPEC.md §10. Not here: what was sealed (`opening`).
"""

from dataclasses import dataclass

from crypto.audit import audit_result, audit_shares, require_distinct, require_sum
from crypto.result import Totals
from crypto.tally import PartialSum
from vote.election.packing import unpack
from vote.law.citation import Text
from vote.law.question import OUTCOME_TEXT, Outcome
from vote.recount.checking import check_ballots
from vote.recount.counted import credentials_of
from vote.verifier import box, rules, share_proofs
from vote.verifier.box import SetAside
from vote.verifier.bundle import BOX, CHECK, DISPUTES, RESULT, SET_ASIDE, SHARE_PROOFS
from vote.verifier.opening import Opened
from vote.verifier.progress import FOREIGN, LONE, Progress
from vote.verifier.report import Step
from vote.verifier.wording import disclosure_text, measures_text, quorum_text, shares_text

_NO_RESULT = Text("还没有结果", "no result yet")
_NOT_CLOSED = Text("投票还没有结束", "voting has not ended")


@dataclass(frozen=True, slots=True)
class Ballots:
    """What is published of an election's ballots."""

    credentials: list[str | None]
    """Of each ballot of the archive."""
    box: tuple[str, ...] | None
    set_aside: tuple[SetAside, ...]


def verify_count(opened: Opened, processes: int | None, progress: Progress, *, disclosure: bool) -> Ballots:
    """Verify everything from the ballots to the outcome; return what was published of the ballots.

    Args:
        opened: from `open_bundle`.
        processes: how many check ballots at once.
        progress: hears of each step.
        disclosure: whether the figure of disclosure is computed again.

    Raises:
        StoppedError: a step failed.
        UnavailableError: a process died.
    """
    credentials = credentials_of(opened.archive.ballots)
    total = _check_ballots(opened, credentials, processes, progress)
    ballots = _verify_box(opened, credentials, progress)
    _verify_check(opened, ballots, total, progress, disclosure=disclosure)
    _open_totals(opened, total, progress)
    return ballots


def _check_ballots(
    opened: Opened, credentials: list[str | None], processes: int | None, progress: Progress
) -> PartialSum:
    archive, setup = opened.archive, opened.setup
    with progress.step(Step.BALLOTS) as details:
        require_distinct(archive.ballots)
        total = check_ballots(setup, archive.ballots, credentials, processes)
        ballots, effective = len(archive.ballots), total.num_tallied
        details.append(
            Text(
                f"{ballots}张，{effective}张有效（每份凭证最后一张）",
                f"{ballots}, of which {effective} count (the last of each)",
            )
        )
    progress.facts |= {"ballots": ballots, "effective": effective, "cast_weight": total.total_weight}
    if opened.base is not None:
        progress.facts["cast"] = unpack(total.total_weight, opened.base)._asdict()
    return total


def _verify_box(opened: Opened, credentials: list[str | None], progress: Progress) -> Ballots:
    archive, parts, uuid = opened.archive, opened.bundle.parts, opened.setup.election.uuid
    if BOX not in parts:
        progress.skip(LONE if opened.manifest is None else _NOT_CLOSED, Step.BOX)
        return Ballots(credentials, None, ())
    with progress.step(Step.BOX) as details:
        trackers = box.decode_box(parts[BOX], uuid)
        set_aside = box.decode_set_aside(parts[SET_ASIDE], uuid) if archive.ended else ()
        box.verify_box(trackers, set_aside, archive.ballots, ended=archive.ended)
        out = len(set_aside)
        details.append(Text(f"{len(trackers)}张，其中{out}张撤出", f"{len(trackers)}, of which {out} were set aside"))
    progress.facts |= {"box": len(trackers), "set_aside": out}
    return Ballots(credentials, trackers, set_aside)


def _verify_check(opened: Opened, ballots: Ballots, total: PartialSum, progress: Progress, *, disclosure: bool) -> None:
    manifest, parts = opened.manifest, opened.bundle.parts
    if manifest is None or DISPUTES not in parts:
        progress.skip(LONE if manifest is None else _NOT_CLOSED, Step.CHECK)
        return
    # It loads what computes the figure, which takes longer than all the rest.
    from vote.check.rules import DisputeOutcome  # noqa: PLC0415
    from vote.verifier import checked  # noqa: PLC0415

    with progress.step(Step.CHECK) as details:
        disputes = checked.decode_disputes(parts[DISPUTES], manifest.uuid)
        details.append(Text(f"{len(disputes)}件争议", f"{len(disputes)} disputes"))
        if not opened.archive.ended:
            details.append(Text("还在核对", "the ballots are not checked yet"))
            return
        check = checked.decode_check(parts[CHECK], manifest.uuid)
        cast, effects = unpack(total.total_weight, manifest.base), opened.effects
        checked.verify_check(check, checked.Ground(manifest, effects, cast, ballots.set_aside, disputes))
        if disclosure:
            areas = [unpack(weight, manifest.base).area_dm2 for weight in _weights(opened, ballots)]
            checked.verify_disclosure(check, areas, manifest, opened.setup.election.fingerprint)
        details.append(quorum_text(met=check.quorum))
        if (figure := check.disclosure) is not None:
            details.append(disclosure_text(figure.permyriad, exact=figure.exact, recomputed=disclosure))
    ended, out = sum(each.outcome is DisputeOutcome.SET_ASIDE for each in disputes), len(ballots.set_aside)
    if out > ended:
        progress.warn(
            f"{ended}件争议一共撤出{out}张票：一件争议只能撤出一位业主的票，请问清楚是否真的投过这么多次",
            f"{ended} disputes took out {out} ballots: one dispute takes out those of one owner only, so ask whether that "
            "owner voted so often",
        )


def _weights(opened: Opened, ballots: Ballots) -> list[int]:
    """Return the weights of the ballots that count."""
    named = {credential for credential in ballots.credentials if credential is not None}
    return [opened.setup.weights[credential] for credential in named]


def _open_totals(opened: Opened, total: PartialSum, progress: Progress) -> None:
    archive, setup = opened.archive, opened.setup
    if archive.encrypted_tally is None:
        progress.skip(_NO_RESULT, Step.SUM)
        with progress.step(Step.SHARES) as details:
            _read_share_proofs(opened)
            details.append(_NO_RESULT)
        progress.skip(_NO_RESULT, Step.RESULT, Step.COUNTS, Step.FINDING)
        return
    with progress.step(Step.SUM):
        tally = require_sum(total, archive.encrypted_tally)
    with progress.step(Step.SHARES) as details:
        proofs = _read_share_proofs(opened)
        shares = audit_shares(setup, tally, archive.shares, proofs)
        details.append(shares_text(archive, shares))
    for fault in shares.faults:
        progress.warn(
            f"第{fault.owner}位开箱人的份额有误，没有采用：{fault.sentence}", f"a faulty share: {fault.sentence}"
        )
    if archive.result is None:
        progress.skip(_NO_RESULT, Step.RESULT, Step.COUNTS, Step.FINDING)
        return
    if proofs is None:
        progress.warn(
            "没有 share-proofs.json：协议本身防不住一位开箱人暗中毁坏总数，这一点未核对",
            "no share-proofs.json: that no trustee spoiled a total unseen was not checked",
        )
    with progress.step(Step.RESULT):
        totals = audit_result(setup, tally, shares, total.total_weight, archive.result)
    progress.facts["totals"] = [list(row) for row in totals]
    _verify_meaning(opened, totals, total, progress)


def _read_share_proofs(opened: Opened) -> dict[int, bytes] | None:
    data = opened.bundle.parts.get(SHARE_PROOFS)
    if data is None:
        return None
    owners = {share.owner for share in opened.archive.shares}
    return share_proofs.decode_share_proofs(data, opened.setup.election.uuid, owners)


def _verify_meaning(opened: Opened, totals: Totals, total: PartialSum, progress: Progress) -> None:
    base, manifest = opened.base, opened.manifest
    if base is None:
        progress.skip(FOREIGN, Step.COUNTS)
    else:
        with progress.step(Step.COUNTS) as details:
            cast = unpack(total.total_weight, base)
            counts = [[unpack(each, base) for each in row] for row in totals]
            rules.verify_counts(counts, cast, total.num_tallied)
            if manifest is not None:
                rules.verify_answers(manifest.questions, counts, cast)
            details.append(measures_text(cast))
        progress.facts["counts"] = [[count._asdict() for count in row] for row in counts]
    if manifest is None:
        progress.skip(LONE, Step.FINDING)
    else:
        with progress.step(Step.FINDING) as details:
            data = opened.bundle.parts[RESULT]
            outcomes = rules.verify_finding(manifest, totals, total.total_weight, opened.effects, data)
            words = [OUTCOME_TEXT[Outcome(outcome)] for outcome in outcomes]
            details.append(Text("；".join(each.zh for each in words), "; ".join(outcomes)))
        progress.facts["outcomes"] = list(outcomes)
