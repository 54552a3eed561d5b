"""Opens where public logs are copied to, a folder or a bucket, and who stamps them, as the settings name both.

Not here: copying (`vote.log.export`), stamping (`vote.log.stamping`).
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from vote.config import Settings
from vote.errors import Reason, RefusedError
from vote.log.export import Exporter
from vote.log.log_store import LogRows
from vote.log.published_store import PublishedStore
from vote.log.reading import LogReader
from vote.log.storage import Storage, open_folder
from vote.log.tree_store import TreeStore
from vote.log.witness_store import WitnessStore
from vote.offline import read_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.x509 import Certificate

    from vote.log.stamping import Stamper

BUCKET = "s3://"


def open_reader() -> LogReader:
    """Return what reads published logs from the open database."""
    return LogReader(LogRows(), PublishedStore(), TreeStore(), WitnessStore())


def open_exporter(settings: Settings, place: str | None = None) -> Exporter | None:
    """Return what copies logs to a place, by default that of the settings; None if they name none.

    Raises:
        RefusedError: the place is none, or what it needs is missing.
    """
    named = settings.log_export if place is None else place
    return Exporter(open_reader(), open_storage(settings, named)) if named else None


def open_storage(settings: Settings, place: str) -> Storage:
    """Return the storage in a folder or bucket.

    Raises:
        RefusedError: the place is none, or what it needs is missing.
    """
    if not place.startswith(BUCKET):
        return open_folder(Path(place))
    try:
        bucket = import_module("vote.log.bucket")
    except ImportError:
        raise RefusedError(
            Reason.NOT_SUPPORTED,
            "Logs go to a bucket through the extra `s3`, which is not installed: pip install 'shanzhi[s3]'.",
        ) from None
    name, prefix = bucket.split_address(place)
    key_id, secret = settings.log_s3_key()
    address = bucket.BucketAddress(name, prefix, settings.log_s3_endpoint, settings.log_s3_region, key_id, secret)
    storage: Storage = bucket.BucketStorage(address)
    return storage


def open_stamper(settings: Settings, client: httpx.AsyncClient) -> "Stamper | None":
    """Return what has checkpoints stamped; None if the settings name no authority.

    Raises:
        RefusedError: what it needs is missing.
    """
    if not settings.log_stamps:
        return None
    roots = read_stamp_roots(settings)
    stamper: Stamper = import_module("vote.log.stamping").Stamper(open_reader(), client, settings.log_stamps, roots)
    return stamper


def read_stamp_roots(settings: Settings) -> "Sequence[Certificate]":
    """Return the certificates by which stamps are verified.

    Raises:
        RefusedError: the file is missing or holds none, or the extra is not installed.
    """
    try:
        token = import_module("vote.log.token")
    except ImportError:
        raise RefusedError(
            Reason.NOT_SUPPORTED,
            "Checkpoints are stamped through the extra `stamps`, which is not installed: pip install 'shanzhi[stamps]'.",
        ) from None
    roots: Sequence[Certificate] = token.read_roots(read_file(settings.log_stamps_root_file))
    return roots
