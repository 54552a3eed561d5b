"""The verifier that we did not write: belenios-tool 3.x, where it is installed or named by VOTE_BELENIOS_TOOL."""

import os
import shutil
import subprocess
from pathlib import Path

SECONDS = 1800


def find_belenios_tool() -> str | None:
    """Return the program, if there is one."""
    return os.environ.get("VOTE_BELENIOS_TOOL") or shutil.which("belenios-tool")


def verify_with_belenios(program: str, folder: Path) -> str:
    """Return the last line of what the foreign verifier says of the archive in `folder`.

    Raises:
        RuntimeError: it refuses the archive.
    """
    done = subprocess.run(  # noqa: S603 - chosen by whoever runs the demonstration
        [program, "election", "verify", "--dir", str(folder)],
        # Without this, versions 3.0 to 3.3 may end before they have checked the ballots.
        env={**os.environ, "LWT_ASYNC_METHOD": "none"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    lines = (done.stdout + done.stderr).strip().splitlines() or [""]
    if done.returncode:
        raise RuntimeError(f"belenios-tool refuses the archive: {lines[-1]}")
    return lines[-1]
