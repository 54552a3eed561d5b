"""Thirteen writers that are each wrong in one way: none gets its log past the reader, and the intact one does."""

import base64
import hashlib
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crypto.errors import CryptoError
from crypto.log_proof import verify_log_proof
from crypto.signature import SigningKey
from crypto.tile import path_of
from crypto.tile_tree import inclusion_proof, verified_bundles
from tests.crypto.logs import AT, BOTH, LOG_KEY, ORIGIN, WITNESS_KEYS, entries

COUNT = 600
# The last entry: its way up passes the levels on which a node has no sibling.
INDEX = 599


def right_path(level: str, index: int, width: int) -> str:
    return f"tile/{level}/{index:03}" + (f".p/{width}" if width < 256 else "")


def right_encoding(data: bytes) -> str:
    return base64.b64encode(data).decode()


def right_message(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def right_blob(at: int, signature: bytes) -> bytes:
    return struct.pack(">Q", at) + signature


def promoted(level: Sequence[bytes]) -> Sequence[bytes]:
    return level


@dataclass(frozen=True)
class Writer:
    """Writes a log from first principles, without any code of ours; each field is a place to go wrong."""

    leaf_prefix: bytes = b"\x00"
    node_prefix: bytes = b"\x01"
    length: str = ">H"
    path: Callable[[str, int, int], str] = right_path
    partials: bool = True
    key_id_separator: bytes = b"\n"
    signed_text: Callable[[str], str] = str
    encode: Callable[[bytes], str] = right_encoding
    pad: Callable[[Sequence[bytes]], Sequence[bytes]] = promoted
    message: Callable[[str, int], bytes] = right_message
    blob: Callable[[int, bytes], bytes] = right_blob

    def node(self, left: bytes, right: bytes) -> bytes:
        return hashlib.sha256(self.node_prefix + left + right).digest()

    def above(self, level: Sequence[bytes]) -> list[bytes]:
        level = self.pad(level)
        nodes = [self.node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        return nodes + list(level[len(nodes) * 2 :])

    def levels(self) -> list[list[bytes]]:
        levels = [[hashlib.sha256(self.leaf_prefix + entry).digest() for entry in entries(COUNT)]]
        while len(levels[-1]) > 1:
            levels.append(self.above(levels[-1]))
        return levels

    def rows(self) -> list[tuple[str, list[bytes]]]:
        """Return the parts of each row of tiles."""
        levels = self.levels()
        bundles = [struct.pack(self.length, len(entry)) + entry for entry in entries(COUNT)]
        return [("entries", bundles), ("0", levels[0]), ("1", levels[8][: COUNT // 256])]

    def files(self) -> dict[str, bytes]:
        files = {}
        for level, parts in self.rows():
            for start in range(0, len(parts), 256):
                row = parts[start : start + 256]
                if len(row) == 256 or self.partials:
                    files[self.path(level, start // 256, len(row))] = b"".join(row)
        return files

    def line(self, name: str, kind: bytes, key: SigningKey, blob: bytes) -> str:
        key_id = hashlib.sha256(name.encode() + self.key_id_separator + kind + key.public).digest()[:4]
        return f"\u2014 {name} {self.encode(key_id + blob)}\n"

    def checkpoint(self) -> bytes:
        text = f"{ORIGIN}\n{COUNT}\n{self.encode(self.levels()[-1][0])}\n"
        signature = Ed25519PrivateKey.from_private_bytes(LOG_KEY.seed).sign(self.signed_text(text).encode())
        lines = self.line(ORIGIN, b"\x01", LOG_KEY, signature)
        for name, key in WITNESS_KEYS.items():
            cosignature = Ed25519PrivateKey.from_private_bytes(key.seed).sign(self.message(text, AT))
            lines += self.line(name, b"\x04", key, self.blob(AT, cosignature))
        return f"{text}\n{lines}".encode()

    def receipt(self) -> bytes:
        hashes, index = [], INDEX
        for level in self.levels()[:-1]:
            padded = self.pad(level)
            if index ^ 1 < len(padded):
                hashes.append(padded[index ^ 1])
            index //= 2
        head = "".join(f"{line}\n" for line in ("c2sp.org/tlog-proof@v1", f"index {INDEX}", *map(self.encode, hashes)))
        return head.encode() + b"\n" + self.checkpoint()


BROKEN = {
    "no 00 before a leaf": Writer(leaf_prefix=b""),
    "no 01 before a node": Writer(node_prefix=b""),
    "little-endian length of an entry": Writer(length="<H"),
    "paths without leading zeroes": Writer(
        path=lambda level, index, width: right_path(level, index, width).replace("/00", "/")
    ),
    "partial tiles under the path of full ones": Writer(path=lambda level, index, _: right_path(level, index, 256)),
    "no partial tiles": Writer(partials=False),
    "key id without line feed": Writer(key_id_separator=b""),
    "signed text without line feed": Writer(signed_text=lambda text: text.removesuffix("\n")),
    "hex for Base64": Writer(encode=lambda data: data.hex()),
    "URL-safe Base64": Writer(encode=lambda data: base64.urlsafe_b64encode(data).decode()),
    "duplicated odd node": Writer(pad=lambda level: [*level, *level[-1:]] if len(level) % 2 else level),
    "cosignature of the text alone": Writer(message=lambda text, _: text.encode()),
    "time behind the cosignature": Writer(blob=lambda at, signature: signature + struct.pack(">Q", at)),
}


def read(writer: Writer) -> None:
    """Check all that it wrote, as a stranger would."""
    files = writer.files()
    checkpoint = BOTH.open_checkpoint(writer.checkpoint())
    bundles = verified_bundles(checkpoint.size, checkpoint.root, lambda part: files.get(path_of(part)))
    assert [entry for bundle in bundles for entry in bundle] == entries(COUNT)


def test_the_intact_writer_is_accepted() -> None:
    writer = Writer()
    read(writer)
    verify_log_proof(writer.receipt(), entries(COUNT)[INDEX], BOTH)
    files = writer.files()
    proof = inclusion_proof(INDEX, COUNT, lambda part: files.get(path_of(part)))
    assert "".join(f"{base64.b64encode(each).decode()}\n" for each in proof).encode() in writer.receipt()


def test_there_are_thirteen() -> None:
    assert len(BROKEN) == 13


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_writer_is_refused(name: str) -> None:
    with pytest.raises(CryptoError):
        read(BROKEN[name])


# What is wrong with the files of the log alone is not in a receipt.
FILES_ONLY = {
    "little-endian length of an entry",
    "paths without leading zeroes",
    "partial tiles under the path of full ones",
    "no partial tiles",
}


@pytest.mark.parametrize("name", sorted(set(BROKEN) - FILES_ONLY))
def test_the_receipt_of_a_broken_writer_is_refused(name: str) -> None:
    with pytest.raises(CryptoError):
        verify_log_proof(BROKEN[name].receipt(), entries(COUNT)[INDEX], BOTH)
