"""What makes a record whole, what of it is committed to, and whether what is shown is what was published.

 * Each field is committed to alone, with its own salt, under the domain `record/KIND/FIELD/1`; an attachment is a field
   `file_a`, `file_b` … of its name, media type, size and SHA-256.
 * The log's entry binds record, kind, moment, what is superseded, and every field's commitment. It holds no value.
 * A redacted field has neither value nor salt, keeps its commitment, and says by which article and office.
 * The public JSON is RFC 8785, so one record has one spelling and any other byte is found.

Follows docs/decisions/0023-records.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

import rfc8785

from crypto.commitment import SALT_BYTES, commit
from vote.clock import CHINA
from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.log.rules import Facts
from vote.oversight.record.fields import LONG, MISSING, UNKNOWN, Value, ValuesRefusedError, find_wrong
from vote.oversight.record.kinds import DAY, KINDS, RecordKind

VERSION = 1
FILES = ("file_a", "file_b", "file_c", "file_d", "file_e", "file_f", "file_g", "file_h")
"""What the attachments are called as fields, the first one first."""
MAX_FILE_BYTES = 20 << 20
MAX_FILE_NAME = 100
MEDIA: Final[Mapping[str, str]] = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/csv": ".csv",
}
"""What attachments may be, and how their names end."""
_ENDINGS = {"pdf", "png", "jpg", "jpeg", "xlsx", "csv", "txt"}

_ORDER = Text("这一天比开始的那天早。", "This day is before the one it begins with.")
_SUM = Text("账不平：期初加收入减支出，应等于期末。", "The sums do not fit: before, plus in, less out, must be after.")
_NEEDS_FILE = Text("这类记录要附上文件，请选一个。", "This kind of record needs its document: choose a file.")


class Article(StrEnum):
    """By what law a part of a record is hidden. Add to it, never rename."""

    PRIVACY = "privacy"
    PERSONAL = "personal"
    CONSENT = "consent"
    DELETION = "deletion"


ARTICLES: Final[Mapping[Article, Text]] = {
    Article.PRIVACY: Text("《民法典》第1032条（隐私权）", "Civil Code art. 1032 (privacy)"),
    Article.PERSONAL: Text("《民法典》第1034条（个人信息受法律保护）", "Civil Code art. 1034 (personal information)"),
    Article.CONSENT: Text(
        "《个人信息保护法》第25条（未经单独同意不得公开）", "Personal Information Protection Law art. 25 (no publishing without consent)"
    ),
    Article.DELETION: Text("《个人信息保护法》第47条（删除）", "Personal Information Protection Law art. 47 (deletion)"),
}  # fmt: skip


class Office(StrEnum):
    """Who decided that a part of a record is hidden. Add to it, never rename."""

    COMMITTEE = "committee"
    ASSEMBLY = "assembly"
    COMMUNITY = "community"
    SUB_DISTRICT = "sub-district"
    COUNTY = "county"
    COURT = "court"


OFFICES: Final[Mapping[Office, Text]] = {
    Office.COMMITTEE: Text("业主委员会", "the owners’ committee"),
    Office.ASSEMBLY: Text("业主大会", "the owners’ assembly"),
    Office.COMMUNITY: Text("社区居民委员会", "the community’s residents’ committee"),
    Office.SUB_DISTRICT: Text("街道办事处（镇人民政府）", "the sub-district office"),
    Office.COUNTY: Text("县住房和城乡建设主管部门", "the county’s construction authority"),
    Office.COURT: Text("人民法院", "a people’s court"),
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is said of a file that was looked at."""

    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def value(self) -> dict[str, str | int]:
        """What is committed to."""
        return {"name": self.name, "media_type": self.media_type, "size": self.size, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Redaction:
    """By which article, whose decision and since which day a field is hidden."""

    article: Article
    office: Office
    on: date


@dataclass(frozen=True, slots=True)
class CommittedField:
    """A field with its commitment; value and salt until it is hidden."""

    name: str
    commitment: bytes
    value: Value | None
    salt: bytes | None
    redaction: Redaction | None = None


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """A record as everybody may see it."""

    uuid: str
    estate: str
    kind: RecordKind
    published_at: datetime
    supersedes: str | None
    fields: tuple[CommittedField, ...]
    """In the order of the kind's fields, then the attachments."""


def require_values(kind: RecordKind, values: Mapping[str, Value], *, files: int) -> None:
    """Raise unless values make a record whole.

    Raises:
        ValuesRefusedError: a field is missing, unknown or does not fit, or fields contradict each other.
    """
    schema = KINDS[kind]
    known = {each.name for each in schema.fields}
    errors = {name: UNKNOWN for name in values if name not in known}
    for each in schema.fields:
        if each.name not in values:
            if each.required:
                errors[each.name] = MISSING
        elif (wrong := find_wrong(each, values[each.name])) is not None:
            errors[each.name] = wrong
    if not errors:
        errors |= _contradictions(kind, values)
    if files > len(FILES):
        errors["files"] = LONG
    elif schema.needs_file and not files:
        errors["files"] = _NEEDS_FILE
    if errors:
        raise ValuesRefusedError(errors)


def is_same(
    record: PublicRecord, kind: RecordKind, values: Mapping[str, Value], *, files: int, supersedes: str | None
) -> bool:
    """Whether a form that was sent again is what is published; of what is hidden nobody can tell."""
    shown = {each.name: each.value for each in record.fields if each.name not in FILES}
    return (
        (record.kind, record.supersedes, len(record.fields) - len(shown)) == (kind, supersedes, files)
        and shown.keys() == values.keys()
        and all(value in (None, values[name]) for name, value in shown.items())
    )


def _contradictions(kind: RecordKind, values: Mapping[str, Value]) -> dict[str, Text]:
    found = {}
    begins, ends = values.get("from"), values.get("to")
    if isinstance(begins, str) and isinstance(ends, str) and ends < begins:
        found["to"] = _ORDER
    if (names := KINDS[kind].sums) is not None:
        first, second, third, fourth = [int(str(values[name])) for name in names]
        if first + second - third != fourth:
            found[names[3]] = _SUM
    return found


def commit_field(kind: RecordKind, name: str, value: Value, salt: bytes) -> bytes:
    """Return the commitment to a field."""
    return commit(f"record/{kind}/{name}/1", salt, rfc8785.dumps(value))


def commit_fields(
    kind: RecordKind, values: Mapping[str, Value], files: Sequence[Attachment], salts: Sequence[bytes]
) -> tuple[CommittedField, ...]:
    """Return the fields of a new record in their order, each with one of `salts`."""
    ordered: list[tuple[str, Value]] = [
        (each.name, values[each.name]) for each in KINDS[kind].fields if each.name in values
    ]
    ordered += [(name, file.value) for name, file in zip(FILES, files, strict=False)]
    return tuple(
        CommittedField(name, commit_field(kind, name, value, salt), value, salt)
        for (name, value), salt in zip(ordered, salts, strict=True)
    )


def require_redactable(fields: Sequence[CommittedField], names: Sequence[str]) -> None:
    """Raise unless fields may be hidden.

    Raises:
        RefusedError: none is named, one is not there, is hidden already, or is the day, which tells nothing of anybody.
    """
    open_names = {each.name for each in fields if each.redaction is None and each.name != DAY}
    if not names or len(set(names)) != len(names) or not set(names) <= open_names:
        raise RefusedError(
            Reason.MALFORMED,
            "Name the fields to hide, each once: they must be there, not hidden yet, and not the day.",
            zh="请选要隐去哪几栏。日期不能隐去，已经隐去的不用再选。",
        )


def published_facts(record: PublicRecord) -> Facts:
    """Return what the log holds of a record."""
    return {
        "record": record.uuid,
        "record_kind": str(record.kind),
        "published_at": write_moment(record.published_at),
        "supersedes": record.supersedes or "",
        "commitments": {each.name: each.commitment.hex() for each in record.fields},
    }


def redacted_facts(uuid: str, names: Sequence[str], redaction: Redaction) -> Facts:
    """Return what the log holds of a redaction."""
    return {
        "record": uuid,
        "fields": sorted(names),
        "article": str(redaction.article),
        "office": str(redaction.office),
        "on": redaction.on.isoformat(),
    }


def encode_record(record: PublicRecord) -> bytes:
    """Return a record's public JSON."""
    return rfc8785.dumps(
        {
            "version": VERSION,
            "record": record.uuid,
            "estate": record.estate,
            "kind": str(record.kind),
            "published_at": write_moment(record.published_at),
            "supersedes": record.supersedes,
            "fields": {each.name: _field_json(each) for each in record.fields},
        }
    )


def _field_json(each: CommittedField) -> dict[str, Value | dict[str, str]]:
    found: dict[str, Value | dict[str, str]] = {"commitment": each.commitment.hex()}
    if each.redaction is not None:
        by = each.redaction
        return found | {"redacted": {"article": str(by.article), "by": str(by.office), "on": by.on.isoformat()}}
    assert each.value is not None
    assert each.salt is not None
    assert len(each.salt) == SALT_BYTES
    return found | {"value": each.value, "salt": each.salt.hex()}


def write_moment(when: datetime) -> str:
    """Return a moment as JSON and log write it: UTC, to the second."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def spell_file_name(name: str, media_type: str) -> str:
    """Return a file's name as it is published: no folder, nothing unseen, the ending of what it is."""
    base = name.replace("\\", "/").rpartition("/")[2]
    base = "".join(sign for sign in base if sign.isprintable() and sign not in '<>:"|?*').strip(". ")
    ending = MEDIA[media_type]
    stem, dot, last = base.rpartition(".")
    if dot and last.lower() in _ENDINGS:
        base = stem
    return f"{base[: MAX_FILE_NAME - len(ending)].strip() or 'file'}{ending}"


def china_day(when: datetime) -> date:
    """Return a moment's day as the law counts it."""
    return when.astimezone(CHINA).date()
