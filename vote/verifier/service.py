"""Verifies a bundle or a lone archive from its files alone: every step of `report.Step`, in order.

 * The first step that fails ends it; a share that was not needed, or a file that is not there, is a warning.
 * Without the files beside an archive it is verified by protocol, and completeness is said not to be checked.
 * Ballots are checked by several processes; everything else is quick.

Follows crypto/SPEC.md §10. Not here: words on the screen (`command`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from crypto.archive import Archive
from crypto.archive_reader import read_archive
from crypto.audit import (
    AuditedSetup,
    AuditedShares,
    audit_result,
    audit_setup,
    audit_shares,
    require_distinct,
    require_sum,
)
from crypto.errors import CryptoError, VerificationError
from crypto.result import Totals
from crypto.signature import decode_public_key
from crypto.tally import PartialSum
from vote.election.manifest import Manifest, find_base
from vote.election.packing import Measures, unpack
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.law.question import OUTCOME_TEXT, Outcome
from vote.recount.checking import check_ballots, credentials_of
from vote.roll.area import write_area
from vote.verifier import public_roll, receipt, rules, share_proofs
from vote.verifier.bundle import MANIFEST, RESULT, ROLL, SHARE_PROOFS, Bundle
from vote.verifier.report import Line, Report, Status, Step, Verdict, trouble_of

_LONE = Text("单独的归档，没有 manifest.json", "a lone archive, without manifest.json")
_FOREIGN = Text("不是本系统的归档，没有约定基数", "not an archive of this system, no base is named")
_NO_RESULT = Text("还没有结果", "no result yet")


class _StoppedError(Exception):
    """A step failed; its trouble is noted."""


@dataclass(slots=True)
class _Progress:
    """What was found so far."""

    tell: Callable[[Line], None]
    lines: list[Line] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    trouble: Text | None = None

    @contextmanager
    def step(self, step: Step) -> Iterator[list[Text]]:
        """Note how a step ends; what it puts into the list is told with it."""
        details: list[Text] = []
        try:
            yield details
        except CryptoError as error:
            self.trouble = trouble_of(step, str(error))
            self._note(Line(step, Status.FAILED, self.trouble))
            raise _StoppedError from None
        joined = Text("；".join(each.zh for each in details), "; ".join(each.en for each in details))
        self._note(Line(step, Status.PASSED, joined))

    def skip(self, step: Step, why: Text) -> None:
        """Note that a step could not be taken."""
        self._note(Line(step, Status.SKIPPED, why))

    def warn(self, zh: str, en: str) -> None:
        """Note what whoever reads should know."""
        self.warnings.append(Text(zh, en))

    def _note(self, line: Line) -> None:
        self.lines.append(line)
        self.tell(line)


@dataclass(frozen=True, slots=True)
class _Opened:
    """An archive whose set-up holds, with what the files beside it say."""

    bundle: Bundle
    archive: Archive
    setup: AuditedSetup
    base: int | None
    manifest: Manifest | None

    @property
    def promise_key(self) -> bytes | None:
        """The key that the manifest says promises are signed with."""
        return None if self.manifest is None else decode_public_key(self.manifest.promise_key)


def verify_bundle(
    bundle: Bundle,
    *,
    key: bytes | None = None,
    processes: int | None = None,
    tell: Callable[[Line], None] = lambda _: None,
) -> Report:
    """Verify everything that is there.

    Args:
        bundle: the files.
        key: the platform's public key, 32 bytes, for the signatures of receipts; if none is said, the manifest's.
        processes: how many check ballots at once; all processors if none is said.
        tell: hears of each step when it ends.

    Raises:
        RefusedError: a receipt alone, without key or archive: there is nothing to hold it against (`Reason.NOT_FOUND`).
        UnavailableError: a process died.
    """
    progress = _Progress(tell)
    try:
        if bundle.archive is None and not bundle.archives and not bundle.parts:
            _verify_lone_receipts(bundle, key, progress)
        else:
            _verify_whole(bundle, key, processes, progress)
    except _StoppedError:
        pass
    verdict = Verdict.REJECTED if progress.trouble else Verdict.VERIFIED
    return Report(verdict, tuple(progress.lines), tuple(progress.warnings), progress.trouble, progress.facts)


def _verify_whole(bundle: Bundle, key: bytes | None, processes: int | None, progress: _Progress) -> None:
    opened = _open(bundle, progress)
    credentials = credentials_of(opened.archive.ballots)
    total = _check_ballots(opened, credentials, processes, progress)
    _open_totals(opened, total, progress)
    _verify_receipts(opened, credentials, key, progress)
    _warn_of_what_is_open(opened, progress)


def _open(bundle: Bundle, progress: _Progress) -> _Opened:
    with progress.step(Step.FILES):
        rules.verify_files(bundle)
    with progress.step(Step.ARCHIVE) as details:
        archive = read_archive(bundle.archive or b"")
        rules.verify_result_file(bundle, archive)
        details.append(Text(f"{archive.height + 1}个事件", f"{archive.height + 1} events"))
    with progress.step(Step.SETUP) as details:
        setup = audit_setup(archive.setup)
        _require_name(bundle, setup.election.uuid, progress)
        size, credentials = setup.trustees.size, len(setup.weights)
        details.append(Text(f"{size}位开箱人，{credentials}份凭证", f"{size} trustees, {credentials} credentials"))
    progress.facts |= {"election": setup.election.uuid, "name": setup.election.name, "credentials": len(setup.weights)}
    base = find_base(setup.election.description)
    manifest = _open_manifest(bundle, archive, setup, progress)
    _verify_electorate(setup, base, manifest, progress)
    if manifest is None:
        progress.skip(Step.ROLL, _LONE)
    else:
        with progress.step(Step.ROLL) as details:
            roll = public_roll.decode_public_roll(bundle.parts[ROLL])
            public_roll.verify_public_roll(roll, manifest)
            details.append(Text(f"{len(roll.leaves)}份计票权", f"{len(roll.leaves)} entitlements"))
        if roll.electorate_leaves is None:
            progress.warn(
                f"{ROLL} 里没有名单的承诺，未核对清册与凭证的对应",
                f"{ROLL} has no electorate_leaves: the electorate root was not checked",
            )
    return _Opened(bundle, archive, setup, base, manifest)


def _require_name(bundle: Bundle, uuid: str, progress: _Progress) -> None:
    name = bundle.archives[0]
    if rules.is_named_after(name, uuid):
        return
    if not bundle.lone:
        raise VerificationError(
            f"{name}: the archive in the bundle is that of election {uuid}, and its name is not {uuid}.bel"
        )
    progress.warn(f"文件名应为 {uuid}.bel", f"the file should be named {uuid}.bel")


def _open_manifest(bundle: Bundle, archive: Archive, setup: AuditedSetup, progress: _Progress) -> Manifest | None:
    if bundle.lone:
        progress.skip(Step.MANIFEST, _LONE)
        return None
    with progress.step(Step.MANIFEST) as details:
        manifest = rules.verify_manifest(bundle.parts[MANIFEST], setup, archive)
        number = len(manifest.questions)
        details.append(Text(f"“{manifest.title}”，{number}题", f"{manifest.title!r}, {number} questions"))
    if manifest.demo:
        progress.warn("这是演示，不是真的投票", "this is a demonstration, not a real vote")
    return manifest


def _verify_electorate(setup: AuditedSetup, base: int | None, manifest: Manifest | None, progress: _Progress) -> None:
    if base is None:
        progress.skip(Step.WEIGHTS, _FOREIGN)
        return
    with progress.step(Step.WEIGHTS) as details:
        electorate = rules.verify_weights(setup.weights, base)
        if manifest is not None:
            rules.verify_electorate(manifest, electorate)
        details.append(_measures_text(electorate))
    progress.facts |= {"base": base, "electorate": electorate._asdict()}


def _check_ballots(
    opened: _Opened, credentials: list[str | None], processes: int | None, progress: _Progress
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


def _open_totals(opened: _Opened, total: PartialSum, progress: _Progress) -> None:
    archive, setup = opened.archive, opened.setup
    if archive.encrypted_tally is None:
        for step in (Step.SUM, Step.SHARES, Step.RESULT, Step.COUNTS, Step.FINDING):
            progress.skip(step, _NO_RESULT)
        return
    with progress.step(Step.SUM):
        tally = require_sum(total, archive.encrypted_tally)
    with progress.step(Step.SHARES) as details:
        proofs = None
        if SHARE_PROOFS in opened.bundle.parts:
            owners = {share.owner for share in archive.shares}
            proofs = share_proofs.decode_share_proofs(opened.bundle.parts[SHARE_PROOFS], setup.election.uuid, owners)
        shares = audit_shares(setup, tally, archive.shares, proofs)
        details.append(_shares_text(archive, shares))
    for fault in shares.faults:
        progress.warn(
            f"第{fault.owner}位开箱人的份额有误，没有采用：{fault.sentence}", f"a faulty share: {fault.sentence}"
        )
    if archive.result is None:
        for step in (Step.RESULT, Step.COUNTS, Step.FINDING):
            progress.skip(step, _NO_RESULT)
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


def _verify_meaning(opened: _Opened, totals: Totals, total: PartialSum, progress: _Progress) -> None:
    base, manifest = opened.base, opened.manifest
    if base is None:
        progress.skip(Step.COUNTS, _FOREIGN)
    else:
        with progress.step(Step.COUNTS) as details:
            cast = unpack(total.total_weight, base)
            counts = [[unpack(each, base) for each in row] for row in totals]
            rules.verify_counts(counts, cast, total.num_tallied)
            if manifest is not None:
                rules.verify_answers(manifest.questions, counts, cast)
            details.append(_measures_text(cast))
        progress.facts["counts"] = [[count._asdict() for count in row] for row in counts]
    if manifest is None:
        progress.skip(Step.FINDING, _LONE)
    else:
        with progress.step(Step.FINDING) as details:
            outcomes = rules.verify_finding(manifest, totals, total.total_weight, opened.bundle.parts[RESULT])
            words = [OUTCOME_TEXT[Outcome(outcome)] for outcome in outcomes]
            details.append(Text("；".join(each.zh for each in words), "; ".join(outcomes)))
        progress.facts["outcomes"] = list(outcomes)


def _verify_receipts(opened: _Opened, credentials: list[str | None], key: bytes | None, progress: _Progress) -> None:
    if not opened.bundle.receipts:
        progress.skip(Step.RECEIPTS, Text("没有回执", "there are none"))
        return
    archive, election = opened.archive, opened.setup.election
    key = key or opened.promise_key
    with progress.step(Step.RECEIPTS) as details:
        numbers = receipt.number_ballots(archive.ballots, credentials)
        kept = 0
        for name, data in opened.bundle.receipts.items():
            one = receipt.decode_receipt(data, name)
            if key is not None:
                receipt.verify_promise_signature(one, key, name)
            kept += receipt.verify_kept(one, election.uuid, election.fingerprint, numbers, name, ended=archive.ended)
        number = len(opened.bundle.receipts)
        details.append(
            Text(
                f"{number}张回执，{kept}张的票在归档里", f"{number} receipts, the ballots of {kept} are in the archive"
            )
        )
    progress.facts["receipts"] = number
    if kept < number:
        progress.warn(
            f"{number - kept}张回执的票还没有进归档，投票尚未结束",
            f"the ballots of {number - kept} receipts are not in the archive yet: voting has not ended",
        )
    if key is None:
        progress.warn(
            "没有 manifest.json，也没有给出平台的公钥（--key）：回执的签名未核对",
            "without manifest.json or the platform's public key (--key) the signatures of receipts were not checked",
        )


def _verify_lone_receipts(bundle: Bundle, key: bytes | None, progress: _Progress) -> None:
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


def _warn_of_what_is_open(opened: _Opened, progress: _Progress) -> None:
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
    else:
        progress.warn(
            "还没有核对公开日志：有没有漏掉选票，要靠回执",
            "the public log is not checked yet: that no ballot is missing rests on receipts",
        )


def _shares_text(archive: Archive, shares: AuditedShares) -> Text:
    good = "、".join(map(str, sorted(shares.good))) or "无"
    return Text(
        f"{len(archive.shares)}份，有效的是第{good}位的",
        f"{len(archive.shares)}, good are those of trustees {sorted(shares.good)}",
    )


def _measures_text(measures: Measures) -> Text:
    area = write_area(measures.area_dm2)
    return Text(f"{measures.heads}人，{area}平方米", f"{measures.heads} heads, {area} m²")
