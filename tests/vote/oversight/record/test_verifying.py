"""A record held against the log from outside: every altered byte is found, and the record and field are named."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import rfc8785

from crypto.errors import CryptoError, MalformedError, VerificationError
from vote.log.rules import Kind, encode_entry
from vote.oversight.record.kinds import RecordKind
from vote.oversight.record.rules import (
    Article,
    Attachment,
    CommittedField,
    Office,
    PublicRecord,
    Redaction,
    commit_fields,
    encode_record,
    published_facts,
    redacted_facts,
)
from vote.oversight.record.verifying import verify_attachment, verify_record

NUMBER, OTHER = "ABCDEFGHJKLMNP", "BCDEFGHJKLMNPQ"
HIDING = Redaction(Article.PERSONAL, Office.COMMUNITY, date(2026, 11, 25))
FILE = Attachment("票.png", "image/png", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
"""FIPS 180-2, appendix B.1: the digest of `abc`."""


def _record(*hidden: str, supersedes: str | None = None) -> PublicRecord:
    values = {"title": "停水", "day": "2026-11-24", "content": "明天停水。"}
    fields = commit_fields(RecordKind.NOTICE, values, [FILE], [bytes([each]) * 32 for each in range(4)])
    return PublicRecord(
        NUMBER,
        "xinyuan",
        RecordKind.NOTICE,
        datetime(2026, 11, 24, 9, tzinfo=UTC),
        supersedes,
        tuple(
            CommittedField(each.name, each.commitment, None, None, HIDING) if each.name in hidden else each
            for each in fields
        ),
    )


def _entry(record: PublicRecord) -> bytes:
    return encode_entry(Kind.RECORD_PUBLISHED, published_facts(record))


def _hidden(*names: str, uuid: str = NUMBER, redaction: Redaction = HIDING) -> bytes:
    return encode_entry(Kind.RECORD_REDACTED, redacted_facts(uuid, names, redaction))


def test_what_is_published_is_what_the_log_says() -> None:
    for each in (_record(), _record(supersedes=OTHER)):
        assert verify_record(encode_record(each), "xinyuan", _entry(each))["record"] == NUMBER


def test_what_is_hidden_leaves_everything_else_provable() -> None:
    shown = _record("content", "file_a")
    for entries in ([_hidden("content", "file_a")], [_hidden("content"), _hidden("file_a")]):
        found = verify_record(encode_record(shown), "xinyuan", _entry(_record()), entries)
        assert found["fields"]["title"]["value"] == "停水"
        assert "value" not in found["fields"]["content"]


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(record: dict[str, Any]) -> None:
        *way, last = path.split(".")
        for step in way:
            record = record[step]
        record[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_set("version", 2), f"record {NUMBER}: version 1 is expected"),
        (_set("estate", "bieyuan"), "estate is not the one of this log"),
        (_set("record", OTHER), f"record {OTHER}: record is not what the log's entry says"),
        (_set("kind", "decision"), "kind is not what the log's entry says"),
        (_set("published_at", "2026-11-24T09:00:01Z"), "published_at is not what"),
        (_set("supersedes", OTHER), "supersedes is not what"),
        (_set("supersedes", ""), "supersedes is not what"),
        (_set("fields.title.value", "停电"), f"record {NUMBER}, field title: it is not what was published"),
        (_set("fields.title.salt", "07" * 32), "field title: it is not what was published"),
        (_set("fields.title.commitment", "07" * 32), "field title: its commitment is not that of the log's entry"),
        (_set("fields.file_a.value.size", 4), "field file_a: it is not what was published"),
        (_set("fields.more", {}), "it has other fields than were published"),
        (_set("fields", {}), "it has other fields than were published"),
        (_set("fields", []), "it has other fields than were published"),
        (_set("fields.title", {"commitment": "07" * 32, "redacted": {}}), "field title: it is hidden, and no entry"),
        (_set("fields.title", "停水"), "field title"),
        (_set("fields.title.more", 1), "field title"),
        (_set("more", 1), "record"),
    ],
)
def test_what_is_altered_is_named(change: Callable[[dict[str, Any]], None], message: str) -> None:
    record = json.loads(encode_record(_record()))
    change(record)
    with pytest.raises(CryptoError, match=message):
        verify_record(rfc8785.dumps(record), "xinyuan", _entry(_record()))


@pytest.mark.parametrize(
    ("redactions", "message"),
    [
        ([], "field content: it is hidden, and no entry"),
        ([_hidden("content", uuid=OTHER)], "a redaction of another record"),
        ([_hidden("content", "until")], "the log hides until, which it does not have"),
        ([_hidden("content", "title")], "field title"),
        ([_hidden("content", redaction=Redaction(Article.PRIVACY, Office.COMMUNITY, HIDING.on))], "another reason"),
        ([_hidden("content", redaction=Redaction(HIDING.article, Office.COURT, HIDING.on))], "another reason"),
        ([_hidden("content", redaction=Redaction(HIDING.article, HIDING.office, date(2026, 1, 1)))], "another reason"),
        ([_entry(_record())], "one of kind record:redacted is expected"),
    ],
)
def test_what_is_hidden_is_hidden_as_the_log_says(redactions: list[bytes], message: str) -> None:
    with pytest.raises(CryptoError, match=message):
        verify_record(encode_record(_record("content")), "xinyuan", _entry(_record()), redactions)


def test_a_hidden_field_keeps_its_commitment() -> None:
    record = json.loads(encode_record(_record("content")))
    record["fields"]["content"]["commitment"] = "07" * 32
    with pytest.raises(VerificationError, match="field content: its commitment is not that"):
        verify_record(rfc8785.dumps(record), "xinyuan", _entry(_record()), [_hidden("content")])


def test_every_other_byte_is_found() -> None:
    data, entry = encode_record(_record("content")), _entry(_record())
    assert verify_record(data, "xinyuan", entry, [_hidden("content")])
    for at in range(len(data)):
        with pytest.raises(CryptoError):
            verify_record(data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :], "xinyuan", entry, [_hidden("content")])


def test_there_is_one_spelling() -> None:
    data = encode_record(_record())
    with pytest.raises(MalformedError, match="not in the one spelling"):
        verify_record(data + b"\n", "xinyuan", _entry(_record()))
    with pytest.raises(MalformedError, match="one of kind record:published is expected"):
        verify_record(data, "xinyuan", _hidden("content"))


def test_an_attachment_is_the_file_that_was_published() -> None:
    verify_attachment(b"abc", FILE.value, "file_a")
    for data in (b"abd", b"abcd", b""):
        with pytest.raises(VerificationError, match="file_a: the file is not the one that was published"):
            verify_attachment(data, FILE.value, "file_a")
    with pytest.raises(VerificationError):
        verify_attachment(b"abc", {**FILE.value, "size": 4}, "file_a")
