"""Runs `vote verify` in this process."""

from pathlib import Path

import typer
from typer.testing import CliRunner, Result

from vote.verifier.command import verify

APP = typer.Typer()
APP.command()(verify)


def run(path: Path | str, *options: str) -> Result:
    """Return output and exit code; one process checks the ballots."""
    return CliRunner().invoke(APP, [str(path), "--processes", "1", *options])
