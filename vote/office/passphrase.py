"""Opens a key file for a command, asking whoever types for its passphrase if it is locked with one."""

import typer

from vote.office.key_file import OfficeSecrets, decode_secrets, is_locked, unlock


def open_secrets(data: bytes) -> tuple[OfficeSecrets, str | None]:
    """Return the keys in a key file, and the passphrase that it is locked with, if any.

    Raises:
        MalformedError: it is no key file.
        VerificationError: it is another passphrase.
    """
    if not is_locked(data):
        return decode_secrets(data), None
    passphrase = str(typer.prompt("钥匙文件的口令", hide_input=True))
    return decode_secrets(unlock(data, passphrase)), passphrase
