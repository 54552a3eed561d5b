"""What the commands of key holders share: files on their own disk, and refusals told in one sentence.

 * A secret is readable by its owner alone from the first byte on, and is whole on the disk before anything else is done.
 * A new secret never replaces a file that exists.

Not here: what the files say (the areas).
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from crypto.errors import CryptoError, ThresholdError
from vote.errors import Reason, RefusedError, UnavailableError
from vote.terminal import shown

REFUSED, NOT_READ, WAIT = 1, 2, 3
"""Exit codes: something is wrong; a file is missing; others have to act first."""

_OWNER_ONLY = 0o600


@contextmanager
def telling() -> Iterator[None]:
    """Turn any refusal inside into a sentence on the screen and an exit code."""
    try:
        yield
    except RefusedError as error:
        code, sentence = NOT_READ if error.reason is Reason.NOT_FOUND else REFUSED, error.detail
    except ThresholdError as error:
        code, sentence = WAIT, f"{error}."
    except (CryptoError, UnavailableError) as error:
        code, sentence = REFUSED, f"{error}."
    else:
        return
    typer.echo("请稍候，要等别人：" if code == WAIT else "不能继续：", err=True)
    typer.echo(shown(sentence), err=True)
    raise typer.Exit(code)


def read_file(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        RefusedError: it is missing or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError:
        raise RefusedError(Reason.NOT_FOUND, f"The file {path} is missing or cannot be read: check its name.") from None


def write_file(path: Path, data: bytes) -> None:
    """Write a file that anybody may read, in place of an older one.

    Raises:
        RefusedError: it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError:
        raise _unwritable(path) from None


def require_absent(*paths: Path) -> None:
    """Raise if one of the files exists.

    Raises:
        RefusedError: it does.
    """
    for path in paths:
        if path.exists():
            raise _present(path)


def require_apart(*paths: Path) -> None:
    """Raise if two of the names mean one file, in which the later content would destroy the earlier.

    Raises:
        RefusedError: they do.
    """
    if len({path.resolve() for path in paths}) < len(paths):
        raise RefusedError(Reason.MALFORMED, "Two of the files given are the same one: give each a name of its own.")


def create_secret(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read.

    Raises:
        RefusedError: it exists, or cannot be written.
    """
    try:
        with open(path, "xb", opener=_open_for_owner) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise _present(path) from None
    except OSError:
        raise _unwritable(path) from None


def replace_secret(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, in place of an older one; a crash leaves either of them whole.

    Raises:
        RefusedError: it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(handle)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink()
            raise
    except OSError:
        raise _unwritable(path) from None


def destroy_secret(path: Path) -> None:
    """Overwrite a file and remove it. What the disk, a backup or a copy still holds is beyond a program's reach.

    Raises:
        RefusedError: it cannot be written or removed.
    """
    try:
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError:
        raise _unwritable(path) from None


def _open_for_owner(name: str, flags: int) -> int:
    return os.open(name, flags, _OWNER_ONLY)


def _present(path: Path) -> RefusedError:
    return RefusedError(Reason.CONFLICT, f"The file {path} exists already and is not replaced: choose another name.")


def _unwritable(path: Path) -> RefusedError:
    return RefusedError(Reason.NOT_ALLOWED, f"The file {path} cannot be written: check the folder and the free space.")
