"""Opens a bundle: from its files to the sealed rules and the lawful changes, steps `FILES` to `CHANGES`.

 * Without the files beside an archive its set-up is verified by protocol alone.

Not here: ballots and what was counted (`counting`), receipts (`service`).
"""

from dataclasses import dataclass

from crypto.archive import Archive
from crypto.archive_reader import read_archive
from crypto.audit import AuditedSetup, audit_setup
from crypto.credential_part import SLICE
from crypto.errors import VerificationError
from vote.election.change import Change, Effects, decode_changes_list, effects_of, verify_changes
from vote.election.manifest import Manifest, find_base
from vote.election.paper import decode_papers, verify_papers
from vote.law.citation import Text
from vote.recount.workers import workers
from vote.verifier import credential_parts, public_roll, rules
from vote.verifier.bundle import CHANGES, CREDENTIAL_PARTS, MANIFEST, PAPERS, ROLL, Bundle
from vote.verifier.progress import FOREIGN, LONE, Progress
from vote.verifier.report import Step
from vote.verifier.separation import separation_text
from vote.verifier.wording import changes_text, measures_text


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive whose set-up holds, with what the files beside it say."""

    bundle: Bundle
    archive: Archive
    setup: AuditedSetup
    base: int | None
    """None if the archive is not one of ours."""
    manifest: Manifest | None
    changes: tuple[Change, ...]
    """What was lawfully changed after sealing."""

    @property
    def effects(self) -> Effects:
        """What they come to."""
        return effects_of(self.changes)


def open_bundle(bundle: Bundle, processes: int | None, progress: Progress) -> Opened:
    """Verify what was fixed before the first ballot, and what the sealed rules let change.

    Raises:
        StoppedError: a step failed.
    """
    with progress.step(Step.FILES):
        rules.verify_files(bundle)
    with progress.step(Step.ARCHIVE) as details:
        archive = read_archive(bundle.archive or b"")
        rules.verify_stage(bundle, archive)
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
        progress.skip(LONE, Step.ROLL, Step.CREDENTIAL_PARTS, Step.CHANGES)
        return Opened(bundle, archive, setup, base, None, ())
    _verify_roll(bundle, manifest, progress)
    _verify_parts(bundle, setup, manifest, processes, progress)
    changes = _read_changes(bundle, manifest, progress)
    return Opened(bundle, archive, setup, base, manifest, changes)


def _require_name(bundle: Bundle, uuid: str, progress: Progress) -> None:
    name = bundle.archives[0]
    if rules.is_named_after(name, uuid):
        return
    if not bundle.lone:
        raise VerificationError(
            f"{name}: the archive in the bundle is that of election {uuid}, and its name is not {uuid}.bel"
        )
    progress.warn(f"文件名应为 {uuid}.bel", f"the file should be named {uuid}.bel")


def _open_manifest(bundle: Bundle, archive: Archive, setup: AuditedSetup, progress: Progress) -> Manifest | None:
    if bundle.lone:
        progress.skip(LONE, Step.MANIFEST)
        return None
    with progress.step(Step.MANIFEST) as details:
        manifest = rules.verify_manifest(bundle.parts[MANIFEST], setup, archive)
        number = len(manifest.questions)
        details.append(Text(f"“{manifest.title}”，{number}题", f"{manifest.title!r}, {number} questions"))
        _verify_papers(bundle, manifest, details, progress)
    if manifest.demo:
        progress.warn("这是演示，不是真的投票", "this is a demonstration, not a real vote")
    if breach := separation_text(manifest.separation):
        progress.warn(*breach)
    return manifest


def _verify_papers(bundle: Bundle, manifest: Manifest, details: list[Text], progress: Progress) -> None:
    data = bundle.parts.get(PAPERS)
    if data is None:
        if manifest.papers:
            progress.warn(
                f"没有 {PAPERS}：没有核对业主投票前看到的草案和介绍",
                f"{PAPERS} is not there: drafts and profiles that owners could read were not checked",
            )
        return
    papers = decode_papers(data, manifest.uuid)
    taken_down = verify_papers(manifest.papers, papers)
    details.append(Text(f"{len(papers)}份草案和介绍", f"{len(papers)} drafts and profiles"))
    progress.facts["papers"] = len(papers)
    if taken_down:
        progress.warn(
            f"{taken_down}份候选人介绍已由本人撤回，看不到原文",
            f"{taken_down} candidates' profiles were taken down, so their words were not checked",
        )


def _verify_electorate(setup: AuditedSetup, base: int | None, manifest: Manifest | None, progress: Progress) -> None:
    if base is None:
        progress.skip(FOREIGN, Step.WEIGHTS)
        return
    with progress.step(Step.WEIGHTS) as details:
        electorate = rules.verify_weights(setup.weights, base)
        if manifest is not None:
            rules.verify_electorate(manifest, electorate)
        details.append(measures_text(electorate))
    progress.facts |= {"base": base, "electorate": electorate._asdict()}


def _verify_roll(bundle: Bundle, manifest: Manifest, progress: Progress) -> None:
    with progress.step(Step.ROLL) as details:
        roll = public_roll.decode_public_roll(bundle.parts[ROLL])
        public_roll.verify_public_roll(roll, manifest)
        details.append(Text(f"{len(roll.leaves)}份计票权", f"{len(roll.leaves)} entitlements"))
    if roll.electorate_leaves is None:
        progress.warn(
            f"{ROLL} 里没有名单的承诺，未核对清册与凭证的对应",
            f"{ROLL} has no electorate_leaves: the electorate root was not checked",
        )


def _verify_parts(
    bundle: Bundle, setup: AuditedSetup, manifest: Manifest, processes: int | None, progress: Progress
) -> None:
    data = bundle.parts.get(CREDENTIAL_PARTS)
    if data is None and manifest.credential_parts_sha256 is None:
        progress.skip(Text("只有信里的一半", "they have one part, from the letter"), Step.CREDENTIAL_PARTS)
        return
    with progress.step(Step.CREDENTIAL_PARTS) as details:
        parts = credential_parts.read_credential_parts(manifest, data)
        with workers(-(-len(parts) // SLICE), processes) as run:
            credential_parts.verify_credential_parts(manifest.uuid, parts, setup.weights, run)
        details.append(Text(f"{len(parts)}把", f"{len(parts)} keys"))


def _read_changes(bundle: Bundle, manifest: Manifest, progress: Progress) -> tuple[Change, ...]:
    with progress.step(Step.CHANGES) as details:
        changes = decode_changes_list(bundle.parts[CHANGES], manifest.uuid)
        verify_changes(manifest, changes)
        details.append(changes_text(changes))
    progress.facts["changes"] = len(changes)
    return changes
