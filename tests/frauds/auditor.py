"""What anybody sees: the published files and what `vote verify` says of them; and what the operator's own check says."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from typer.testing import Result

from tests import databases
from tests.journeys.published import write
from tests.vote.assembly import Assembly
from tests.vote.verifier.running import run
from vote.operation.check import check
from vote.verifier.bundle import PARTS
from vote.verifier.report import Step

VERIFIED, REJECTED = 0, 1


def receipts_of(assembly: Assembly) -> dict[str, bytes]:
    """Return the receipts that owners were given, by their places in casting order, from 1."""
    with databases.connect(assembly.platform.settings.db) as connection:
        rows = connection.execute("SELECT id, promise FROM ballot ORDER BY id")
    return {str(number): bytes(receipt) for number, receipt in rows}


async def fetch(assembly: Assembly, folder: Path, receipts: Mapping[str, bytes] | None = None) -> Path:
    """Keep everything that is published of an election, and receipts beside it."""
    files = {f"{assembly.uuid}.bel": await assembly.archive()}
    for name in PARTS:
        answer = await assembly.platform.ask("GET", f"{assembly.pages}/{name}", key=None)
        assert answer.status_code in {200, 404}
        if answer.status_code == 200:
            files[name] = answer.content
    beside = {f"receipts/{name}.json": receipt for name, receipt in (receipts or {}).items()}
    write(folder, {**files, **beside})
    return folder


def rejected(path: Path, step: Step, *options: str) -> str:
    """Return the sentence with which `vote verify` must reject at just this step."""
    result = _verify(path, options)
    assert result.exit_code == REJECTED, result.output
    failed = next(line for line in result.stdout.splitlines() if line.startswith("✗"))
    assert failed.startswith(f"✗ {int(step):2}. "), failed
    return result.stdout.splitlines()[-1].removeprefix("rejected: ")


def verified(path: Path, *options: str) -> str:
    """Return everything that `vote verify` says, which must verify."""
    result = _verify(path, options)
    assert result.exit_code == VERIFIED, result.output
    return result.stdout


def _verify(path: Path, options: Sequence[str]) -> Result:
    # In a thread, since the PDF library runs a loop of its own.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run, path, "--lang", "en", *options).result()


async def database_damages(assembly: Assembly) -> set[str]:
    """Return what `vote db check` finds, but for triggers that were taken away."""
    report = await check(assembly.platform.services["rolls"])
    return {each.detail for each in report.damages if each.place != "catalogue"}
