"""What an assembly publishes, as anybody fetches it, and what the verifier says of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.vote.assembly import Assembly
from vote.verifier.report import Report, Verdict
from vote.verifier.service import verify_bundle
from vote.verifier.source import read_source

FILES = (
    "manifest.json",
    "roll-public.json",
    "changes.json",
    "box.json",
    "set-aside.json",
    "disputes.json",
    "check.json",
    "result.json",
    "share-proofs.json",
)


async def fetch(assembly: Assembly, folder: Path, receipts: Mapping[str, bytes]) -> Path:
    """Keep every public file of an election in `folder`, and the receipts of its owners beside them."""
    parts = ("parts.json",) if assembly.people.credential_parts > 1 else ()
    names = (f"{assembly.uuid}.bel", *FILES, *parts)
    files = {name: await assembly.platform.get(f"{assembly.pages}/{name}", key=None) for name in names}
    write(folder, {**files, **{f"receipts/{name}.json": receipt for name, receipt in receipts.items()}})
    return folder


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into `folder`, which is made, by their names."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def assert_verified(folder: Path) -> Report:
    """Run the verifier over published files; it must find nothing wrong and leave nothing out."""
    report = verify_bundle(read_source(folder), processes=1)
    assert report.verdict is Verdict.VERIFIED, report.trouble
    return report


def count(areas: Sequence[int], last: Mapping[int, Sequence[Sequence[int]]]) -> list[list[tuple[int, int]]]:
    """Return heads and area per question and choice, from what each owner (from 1) marked last."""
    some = next(iter(last.values()))
    return [
        [
            (
                sum(choices[question][choice] for choices in last.values()),
                sum(areas[owner - 1] * choices[question][choice] for owner, choices in last.items()),
            )
            for choice in range(len(some[question]))
        ]
        for question in range(len(some))
    ]


def outcome(total: tuple[int, int], cast: tuple[int, int], row: Sequence[tuple[int, int]], *, special: bool) -> str:
    """Decide a motion by Civil Code art. 278, written out here on its own; pairs are heads and area."""
    if any(3 * part < 2 * whole for part, whole in zip(cast, total, strict=True)):
        return "QUORUM_NOT_MET"
    yes, no, _ = row
    if all(4 * part >= 3 * whole if special else 2 * part > whole for part, whole in zip(yes, cast, strict=True)):
        return "ADOPTED"
    return "REJECTED" if all(2 * part > whole for part, whole in zip(no, cast, strict=True)) else "NO_DECISION"
