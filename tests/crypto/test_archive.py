import json
from collections.abc import Callable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.archive import Archive, ArchiveWriter, EncryptedTallyRecord, EventType, Setup, Share, encode_setup
from crypto.archive_reader import looks_like_archive, read_archive
from crypto.encoding import compact_json, hex_digest
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.tar import BLOCK_BYTES, encode_member
from tests.crypto.archives import BY_TOOL, PACKED, TIMESTAMP, join, load, load_negative, split, write_again, write_small

SMALL = write_small()
Event = dict[str, object]


@pytest.mark.parametrize("name", [BY_TOOL, PACKED])
def test_foreign_archives_are_written_again_byte_for_byte(name: str) -> None:
    assert write_again(load(name)) == load(name)


def test_the_foreign_archive_holds_what_its_readme_says() -> None:
    archive = read_archive(load(BY_TOOL))
    assert (len(archive.ballots), archive.ended, archive.height) == (12, True, 18)
    assert archive.head == "89860f209878eadfe7e0132f36d684a0e2399dac6f48074ceeffcee696f1788e"
    assert archive.timestamp == 1795485993
    assert archive.encrypted_tally is not None
    assert (archive.encrypted_tally.num_tallied, archive.encrypted_tally.total_weight) == (12, 119574)
    assert [share.owner for share in archive.shares] == [1, 2, 4]
    assert archive.result == b'{"result":[[67338,41335,29850,31229,8650],[49700,0,69874]]}'


@pytest.mark.parametrize(
    ("case", "refusal"),
    [
        ("chain_broken", r"^event 7 \(EndBallots\): it does not name the event before it$"),
        ("data_hash_mismatch", r"^member 7 \(7e5cb0.*\): the content does not have the hash that is its name$"),
    ],
)
def test_broken_archives_of_the_vectors_are_refused(case: str, refusal: str) -> None:
    with pytest.raises(VerificationError, match=refusal):
        read_archive(load_negative(case))


def test_everything_written_is_read() -> None:
    assert read_archive(SMALL) == Archive(
        timestamp=TIMESTAMP,
        setup=Setup(b'{"e":1}', b"[1]", b"[2]"),
        ballots=(b'{"b":1}', b'{"b":2}' * 100),
        ended=True,
        encrypted_tally=EncryptedTallyRecord(b"[[3]]", 2, 2**30),
        shares=(Share(1, b'{"s":1}'), Share(3, b'{"s":3}')),
        result=b'{"result":[]}',
        head=split(SMALL)[-1].name[:64],
        height=7,
    )


def test_a_large_weight_is_written_as_text() -> None:
    assert any(b'"total_weight":"1073741824"' in member.body for member in split(SMALL))


def test_a_writer_goes_on_where_another_stopped() -> None:
    writer = ArchiveWriter(TIMESTAMP)
    data = writer.begin() + writer.setup(b"{}", b"[]", b"[]")
    archive = read_archive(data)
    other = ArchiveWriter(archive.timestamp, archive.head, archive.height)
    assert other.ballot(b"{}") == writer.ballot(b"{}")


def test_an_archive_may_end_after_any_event() -> None:
    ends = [0]
    for member in split(SMALL):
        ends.append(ends[-1] + len(join([member])))
    readable = []
    for number, end in enumerate(ends):
        try:
            readable.append((number, read_archive(SMALL[:end]).height))
        except MalformedError:
            continue
    events = [member.number for member in split(SMALL) if member.name.endswith(".event.json")]
    assert readable == list(zip(events, range(8), strict=True))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(position: int, flip: int) -> None:
    data = bytearray(SMALL)
    data[position] ^= flip
    with pytest.raises(CryptoError):
        read_archive(bytes(data))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(load(BY_TOOL)) - 1))
def test_any_changed_byte_of_a_foreign_archive_is_refused(position: int) -> None:
    data = bytearray(load(BY_TOOL))
    data[position] ^= 1
    with pytest.raises(CryptoError):
        read_archive(bytes(data))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(SMALL) - 1))
def test_an_archive_cut_inside_a_member_is_refused(length: int) -> None:
    ends = {len(join(split(SMALL)[:number])) for number in range(len(split(SMALL)) + 1)}
    if length not in ends:
        with pytest.raises(MalformedError, match="the archive ends inside its"):
            read_archive(SMALL[:length])


@pytest.mark.parametrize("tail", [b"\0", bytes(512), bytes(1024), b"x" * 512, SMALL[:512]])
def test_appended_bytes_are_refused(tail: bytes) -> None:
    with pytest.raises(MalformedError):
        read_archive(SMALL + tail)


def test_an_appended_member_is_refused() -> None:
    with pytest.raises(MalformedError, match=r"^event 8: the archive ends before it"):
        read_archive(SMALL + encode_member(hex_digest(b"{}") + ".data.json", b"{}", TIMESTAMP))


def test_exchanged_members_are_refused() -> None:
    members = split(SMALL)
    for first in range(len(members)):
        for second in range(first):
            changed = list(members)
            changed[first], changed[second] = changed[second], changed[first]
            with pytest.raises(CryptoError):
                read_archive(join(changed))


def test_left_out_and_repeated_members_are_refused() -> None:
    members = split(SMALL)
    for index in range(len(members) - 1):
        with pytest.raises(CryptoError):
            read_archive(join(members[:index] + members[index + 1 :]))
        with pytest.raises(CryptoError):
            read_archive(join(members[: index + 1] + members[index:]))


@pytest.mark.parametrize("head", [b"", b"\0" * 512, b"{}", encode_member("a", b"{}", 1)])
def test_what_is_no_archive_is_told_apart(head: bytes) -> None:
    assert not looks_like_archive(head)
    with pytest.raises(MalformedError):
        read_archive(head)
    assert looks_like_archive(SMALL)


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        (b'{"version":1,"timestamp":1795485993}', "a text is expected"),
        (b'{"version":1,"timestamp":"01795485993"}', "not a number of seconds"),
        (b'{"version":2,"timestamp":"1795485993"}', "version 1"),
        (b'{"timestamp":"1795485993","version":1}', "one spelling"),
        (b'{"version":1,"timestamp":"1795485994"}', "its time is not the archive's"),
        (b'{"version":1}', "field timestamp is missing"),
    ],
)
def test_another_head_is_refused(head: bytes, refusal: str) -> None:
    with pytest.raises(MalformedError, match=rf"^member 1 \(BELENIOS\).*{refusal}"):
        read_archive(encode_member("BELENIOS", head, TIMESTAMP) + join(split(SMALL)[1:]))


def test_a_member_with_another_time_is_refused() -> None:
    members = split(SMALL)
    members[5] = members[5]._replace(mtime=TIMESTAMP + 1)
    with pytest.raises(MalformedError, match=r"^member 6 .*its time is not the archive's$"):
        read_archive(join(members))


@pytest.mark.parametrize("name", ["README", "BELENIOS", "ab.data.json", "A" * 64 + ".data.json"])
def test_a_member_with_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(MalformedError, match=r"^member 2 .*no member of this name$"):
        read_archive(SMALL[:1024] + encode_member(name, b"", TIMESTAMP))


def _setup_then(*events: tuple[Mapping[str, object], Sequence[bytes]]) -> bytes:
    writer = ArchiveWriter(TIMESTAMP)
    data = writer.begin() + writer.setup(b"{}", b"[]", b"[]")
    for number, (event, documents) in enumerate(events):
        payload = {"payload": hex_digest(documents[-1])} if documents else {}
        body = compact_json({"parent": writer.parent, "height": number + 1, **event, **payload})
        for document in documents:
            data += encode_member(hex_digest(document) + ".data.json", document, TIMESTAMP)
        writer.parent = hex_digest(body)
        data += encode_member(writer.parent + ".event.json", body, TIMESTAMP)
    return data


@pytest.mark.parametrize(
    ("event", "documents", "refusal"),
    [
        ({"type": "Shuffle"}, [b"1", b"2"], r"^event 1 \(Shuffle\): only elections whose ballots are added up"),
        ({"type": "EndShuffles"}, [], r"^event 1 \(EndShuffles\): only elections whose ballots are added up"),
        ({"type": "Recount"}, [], r"^event 1: events of type 'Recount' are not known$"),
        ({"type": 7}, [], r"^event 1: type: a text is expected$"),
        ({}, [], r"^event 1: field type is missing$"),
        ({"type": "Ballot", "note": "x"}, [b"1"], r"^event 1: unknown field 'note'$"),
        ({"type": "Setup"}, [b"1"] * 4, r"^event 1 \(Setup\): it may not stand after Setup$"),
        ({"type": "Result"}, [b"1"], r"^event 1 \(Result\): it may not stand after Setup$"),
        ({"type": "EncryptedTally"}, [b"1", b"2"], r"^event 1 \(EncryptedTally\): it may not stand after Setup$"),
        ({"type": "Ballot"}, [], r"^event 1 \(Ballot\): 1 documents belong to it, there are 0$"),
        ({"type": "EndBallots"}, [b"1"], r"^event 1 \(EndBallots\): 0 documents belong to it, there are 1$"),
        ({"type": "Ballot", "height": 2}, [b"1"], r"^event 1 \(Ballot\): its number is not 1$"),
        ({"type": "Ballot", "parent": "0" * 64}, [b"1"], r"^event 1 \(Ballot\): it does not name the event before it$"),
        ({"type": "Ballot", "parent": None}, [b"1"], r"^event 1 \(Ballot\): it does not name the event before it$"),
        ({"type": "Ballot", "height": True}, [b"1"], r"^event 1 \(Ballot\): not in the one spelling of an event$"),
        ({"type": "EndBallots", "payload": None}, [], r"^event 1 \(EndBallots\): not in the one spelling of an event$"),
        ({"type": "EndBallots", "payload": "0"}, [], r"^event 1 \(EndBallots\): its payload is not the document"),
    ],
)
def test_an_event_that_a_writer_would_not_write_is_refused(event: Event, documents: list[bytes], refusal: str) -> None:
    with pytest.raises((MalformedError, VerificationError), match=refusal):
        read_archive(_setup_then((event, documents)))


def test_events_after_the_end_are_refused() -> None:
    writer = ArchiveWriter(TIMESTAMP)
    ended = writer.begin() + writer.setup(b"{}", b"[]", b"[]") + writer.end_ballots()
    with pytest.raises(MalformedError, match=r"^event 2 \(Ballot\): it may not stand after EndBallots$"):
        read_archive(ended + writer.ballot(b"{}"))
    small = read_archive(SMALL)
    after = ArchiveWriter(TIMESTAMP, small.head, small.height)
    with pytest.raises(MalformedError, match=r"^event 8 \(Ballot\): it may not stand after Result$"):
        read_archive(SMALL + after.ballot(b"{}"))


def test_an_archive_without_set_up_is_refused() -> None:
    with pytest.raises(MalformedError, match=r"^event 0 \(Setup\): the archive ends before it$"):
        read_archive(ArchiveWriter(TIMESTAMP).begin())


def test_an_archive_that_begins_with_a_ballot_is_refused() -> None:
    body = compact_json({"height": 0, "type": "EndBallots"})
    member = encode_member(hex_digest(body) + ".event.json", body, TIMESTAMP)
    with pytest.raises(MalformedError, match=r"^event 0 \(EndBallots\): it may not stand after the head$"):
        read_archive(ArchiveWriter(TIMESTAMP).begin() + member)


def _setup_with(documents: list[bytes], payload: bytes) -> bytes:
    writer = ArchiveWriter(TIMESTAMP)
    return writer.begin() + writer._event(EventType.SETUP, *documents, payload)


def test_a_certificate_of_the_credentials_stands_before_the_set_up_data() -> None:
    """Order found by asking belenios-tool 3.3.0, which accepts no other."""
    setup = Setup(b"{}", b"[]", b"[]", b'{"c":1}')
    payload = encode_setup(setup)
    assert list(json.loads(payload)) == ["election", "trustees", "credentials", "credentials_certificate"]
    assert read_archive(_setup_with(list(setup.documents), payload)).setup == setup
    with pytest.raises(MalformedError, match=r"^event 0 \(Setup\): unknown field 'credentials_certificate'$"):
        read_archive(_setup_with([b"{}", b"[]", b"[]"], payload))
    with pytest.raises(VerificationError, match="the hash of credentials_certificate is not that of its document"):
        read_archive(_setup_with([b"{}", b"[]", b"[]", b"{}"], payload))


def _renamed(change: Callable[[dict[str, object]], dict[str, object]]) -> bytes:
    payload = change(json.loads(encode_setup(Setup(b"{}", b"[]", b"[1]"))))
    return _setup_with([b"{}", b"[]", b"[1]"], compact_json(payload))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda fields: fields | {"election": "0"}, "the hash of election is not that of its document"),
        (lambda fields: fields | {"trustees": fields["election"]}, "the hash of trustees is not that of its document"),
        (lambda fields: fields | {"credentials": None}, "the hash of credentials is not that of its document"),
        (lambda fields: dict(reversed(fields.items())), "not in their one spelling"),
        (lambda fields: fields | {"note": ""}, "unknown field 'note'"),
    ],
)
def test_other_set_up_data_are_refused(change: Callable[[dict[str, object]], dict[str, object]], refusal: str) -> None:
    with pytest.raises((MalformedError, VerificationError), match=rf"^event 0 \(Setup\): .*{refusal}"):
        read_archive(_renamed(change))


TALLY = b"[[3]]"
SIZED = {"num_tallied": 1, "total_weight": 5, "encrypted_tally": hex_digest(TALLY)}


@pytest.mark.parametrize(
    ("record", "refusal"),
    [
        (SIZED | {"num_tallied": -1}, "num_tallied: a whole number"),
        (SIZED | {"num_tallied": True}, "num_tallied: a whole number"),
        (SIZED | {"total_weight": "5"}, ""),
        (SIZED | {"total_weight": 2**30}, ""),
        (SIZED | {"encrypted_tally": "0" * 64}, "the hash of the encrypted sum"),
        (dict(reversed(SIZED.items())), "not in its one spelling"),
        ({"num_tallied": 1}, "field total_weight is missing"),
    ],
)
def test_another_record_of_the_sum_is_refused(record: Event, refusal: str) -> None:
    events = ({"type": "EndBallots"}, ()), ({"type": "EncryptedTally"}, [TALLY, compact_json(record)])
    with pytest.raises((MalformedError, VerificationError), match=rf"^event 2 \(EncryptedTally\).*{refusal}"):
        read_archive(_setup_then(*events))


@pytest.mark.parametrize(
    ("owner", "refusal"),
    [
        ({"owner": 0, "payload": hex_digest(b"{}")}, "owner: a whole number from 1 is expected"),
        ({"owner": "1", "payload": hex_digest(b"{}")}, "owner: a whole number from 1 is expected"),
        ({"owner": 1, "payload": hex_digest(b"[]")}, "the hash of the share is not that of its document"),
        ({"payload": hex_digest(b"{}"), "owner": 1}, "the owner's record is not in its one spelling"),
    ],
)
def test_another_record_of_an_owner_is_refused(owner: Event, refusal: str) -> None:
    sized = compact_json(SIZED)
    events = (
        ({"type": "EndBallots"}, ()),
        ({"type": "EncryptedTally"}, [TALLY, sized]),
        ({"type": "PartialDecryption"}, [b"{}", compact_json(owner)]),
    )
    with pytest.raises((MalformedError, VerificationError), match=rf"^event 3 \(PartialDecryption\).*{refusal}"):
        read_archive(_setup_then(*events))


def test_members_stay_whole_blocks() -> None:
    assert len(SMALL) % BLOCK_BYTES == 0
