import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import MalformedError
from crypto.tar import BLOCK_BYTES, encode_member, read_members

NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=100)
TIMES = st.integers(0, 8**11 - 1)
MEMBERS = st.lists(st.tuples(NAMES, st.binary(max_size=1100), TIMES), max_size=4)


@settings(max_examples=60, deadline=None)
@given(MEMBERS)
def test_what_is_written_is_read(members: list[tuple[str, bytes, int]]) -> None:
    data = b"".join(encode_member(*member) for member in members)
    assert len(data) % BLOCK_BYTES == 0
    read = list(read_members(data))
    assert [(member.name, member.body, member.mtime) for member in read] == members
    assert [member.number for member in read] == list(range(1, len(members) + 1))


def test_the_standard_library_reads_the_same_members() -> None:
    data = encode_member("a.json", b"{}", 1795485993) + encode_member("b.json", b"x" * 512, 1795485993)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        members = tar.getmembers()
        assert [(m.name, m.size, m.mtime, m.mode, m.uid) for m in members] == [
            ("a.json", 2, 1795485993, 0o644, 0),
            ("b.json", 512, 1795485993, 0o644, 0),
        ]
        file = tar.extractfile("b.json")
        assert file is not None
        assert file.read() == b"x" * 512


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2 * BLOCK_BYTES - 1), st.integers(1, 255))
def test_a_changed_byte_outside_the_content_and_the_name_is_refused(position: int, flip: int) -> None:
    data = bytearray(encode_member("a.json", b"{}", 1795485993))
    data[position] ^= flip
    if position in range(BLOCK_BYTES, BLOCK_BYTES + 2):
        assert [member.body for member in read_members(bytes(data))] != [b"{}"]
        return
    with pytest.raises(MalformedError, match=r"^member 1"):
        list(read_members(bytes(data)))


@pytest.mark.parametrize("length", [1, 511, 513, 1023])
def test_a_cut_member_is_refused(length: int) -> None:
    with pytest.raises(MalformedError, match="the archive ends inside its"):
        list(read_members(encode_member("a.json", b"{}", 1)[:length]))


def test_the_blocks_that_end_a_usual_tar_are_refused() -> None:
    with pytest.raises(MalformedError, match=r"^member 2: this is not a member of an archive$"):
        list(read_members(encode_member("a.json", b"{}", 1) + bytes(1024)))


def test_a_newer_tar_header_is_refused() -> None:
    info = tarfile.TarInfo("a.json")
    with pytest.raises(MalformedError, match=r"^member 1: "):
        list(read_members(info.tobuf(tarfile.USTAR_FORMAT)))


@pytest.mark.parametrize("name", ["", "a" * 101, "善", "a\nb"])
def test_a_name_that_does_not_fit_is_not_written(name: str) -> None:
    with pytest.raises(MalformedError, match="1 to 100 printable"):
        encode_member(name, b"", 1)


@pytest.mark.parametrize("mtime", [-1, 8**11])
def test_a_time_that_does_not_fit_is_not_written(mtime: int) -> None:
    with pytest.raises(MalformedError, match="eleven octal digits"):
        encode_member("a", b"", mtime)


def test_a_name_with_unprintable_bytes_is_refused() -> None:
    """The checksum is right here, so that the name alone decides."""
    header = bytearray(encode_member("a.json", b"", 1))
    header[0] = 1
    header[148:156] = b"%06o\0 " % (sum(header[:148]) + 8 * 0x20 + sum(header[156:]))
    with pytest.raises(MalformedError, match=r"^member 1: the header is not written"):
        list(read_members(bytes(header)))
