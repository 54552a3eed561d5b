"""Decides whether the time stamps beside a log are of checkpoints that the log continues.

 * What was stamped is signed by the log, has the size in its name, and is the beginning of the log.
 * A token holds the SHA-256 or SHA-512 of what was stamped.

Not here: whether an authority is to be believed: of that its own certificate and `openssl ts -verify` tell.
"""

import re
from hashlib import sha256, sha512

from crypto.checkpoint import Checkpoint
from crypto.errors import CryptoError, VerificationError
from crypto.log_policy import LogPolicy
from vote.verifier.log_audit import open_signed, verify_continued
from vote.verifier.log_files import LogFiles

_NOTE, _TOKEN = ".checkpoint", ".tsr"
_PATH = re.compile(r"anchors/(?P<size>[1-9][0-9]{0,17})(?P<what>\.checkpoint|\.tsr)")


def verify_anchors(checkpoint: Checkpoint, policy: LogPolicy, files: LogFiles) -> tuple[str, ...]:
    """Return the paths of the time stamps, and of what was stamped, of a log whose files can be listed.

    Raises:
        CryptoError: one does not fit; the message names it.
    """
    found = []
    for path in files.paths() or ():
        match = _PATH.fullmatch(path)
        if match is None:
            continue
        size, data = int(match["size"]), files.get(path) or b""
        if size > checkpoint.size:
            continue
        if match["what"] == _NOTE:
            try:
                _verify_note(data, size, checkpoint, policy, files)
            except CryptoError as error:
                raise type(error)(f"{path}: {error}") from None
        else:
            note = files.get(path.removesuffix(_TOKEN) + _NOTE)
            if note is None:
                raise VerificationError(f"{path}: the checkpoint that was stamped is missing")
            if sha256(note).digest() not in data and sha512(note).digest() not in data:
                raise VerificationError(f"{path}: it is no time stamp of the checkpoint beside it")
        found.append(path)
    return tuple(found)


def _verify_note(data: bytes, size: int, checkpoint: Checkpoint, policy: LogPolicy, files: LogFiles) -> None:
    old = open_signed(data, policy)
    if old.size != size:
        raise VerificationError(f"its log has {old.size} entries")
    verify_continued(old, checkpoint, files)
