"""Packs what a filing desk asks for, and refuses to pack a set with a gap.

 * Needed are the application, what the rules of the place name (`filing_documents`), and the four papers that stand in for
   ballots: who took part, the register of delivery, the count, its re-check (rulebook §9a.9).
 * The package has a list of contents with SHA-256 of every file, in JSON and as `sha256sum -c` reads it; the same parts give
   the same bytes.
 * A package is read back strictly: a file more, a file less or another byte is refused.

Follows ZJ 13, PMR 16. Not here: what stands in the papers.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from crypto.encoding import hex_digest
from vote.errors import Reason, RefusedError
from vote.law.profile import Profile

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
MAX_PART_BYTES = 50 << 20
_FORMATS: Mapping[str, bytes] = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "jpg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
}
_MADE = (2021, 1, 1, 0, 0, 0)
"""A ZIP has to say when its files were made; the paper's day stands in the list of contents."""
_PLAIN_FILE = 0o100644 << 16
_NO_PACKAGE = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, KeyError, TypeError, ValueError,
)  # fmt: skip
"""What reading a file raises that is no package of ours."""


class Part(StrEnum):
    """A part of a filing set."""

    APPLICATION = "APPLICATION"
    MINUTES_AND_DECISIONS = "MINUTES_AND_DECISIONS"
    ASSEMBLY_RULES = "ASSEMBLY_RULES"
    COVENANT = "COVENANT"
    MEMBERS = "MEMBERS"
    PARTICIPATION_LIST = "PARTICIPATION_LIST"
    DELIVERY_REGISTER = "DELIVERY_REGISTER"
    COUNT_RECORD = "COUNT_RECORD"
    RECHECK = "RECHECK"


class Wanted(NamedTuple):
    """What a part is called and where it comes from."""

    zh: str
    en: str
    from_zh: str
    from_en: str


WANTED: Mapping[Part, Wanted] = {
    Part.APPLICATION: Wanted(
        "备案申请表",
        "application",
        "打印备案申请表，主任签名后上传扫描件",
        "print the application, have the chair sign, upload the scan",
    ),
    Part.MINUTES_AND_DECISIONS: Wanted(
        "会议记录和会议决定",
        "minutes and decisions",
        "上传签了名的结果公告和会议纪要",
        "upload the signed notice of the result with the minutes",
    ),
    Part.ASSEMBLY_RULES: Wanted(
        "议事规则", "assembly's rules", "用表决通过的那一版", "take the version that was adopted"
    ),
    Part.COVENANT: Wanted("管理规约", "covenant", "用表决通过的那一版", "take the version that was adopted"),
    Part.MEMBERS: Wanted(
        "委员名单",
        "list of members",
        "首次委员会会议推选主任后，打印委员名单并签名",
        "print it after the officers are chosen and have it signed",
    ),
    Part.PARTICIPATION_LIST: Wanted(
        "参与表决登记表",
        "list of who took part",
        "打印参与表决登记表，计票人签名",
        "print it and have the counters sign",
    ),
    Part.DELIVERY_REGISTER: Wanted(
        "发放、收回登记册",
        "register of delivery",
        "向送信的人收齐各幢的登记册",
        "collect the registers of all buildings",
    ),
    Part.COUNT_RECORD: Wanted(
        "计票汇总表",
        "count record",
        "打印计票汇总表，计票人和监票人签名",
        "print it and have counters and scrutineers sign",
    ),
    Part.RECHECK: Wanted(
        "计票复核记录",
        "record of the re-check",
        "请没有参加计票的人复核一遍并签名",
        "let somebody who did not count check again and sign",
    ),
}
IN_PLACE_OF_BALLOTS = (Part.PARTICIPATION_LIST, Part.DELIVERY_REGISTER, Part.COUNT_RECORD, Part.RECHECK)


@dataclass(frozen=True, slots=True)
class FilingPart:
    """One file of a set."""

    part: Part
    format: str
    """As a file's name ends: pdf, docx, jpg or png."""
    content: bytes


@dataclass(frozen=True, slots=True)
class FilingSet:
    """What is packed."""

    estate: str
    number: str
    """Of the filing."""
    on: date
    parts: tuple[FilingPart, ...]


def needed_parts(profile: Profile, *, on: date) -> tuple[Part, ...]:
    """Return what a filing desk gets, in the order of the package.

    Raises:
        RefusedError: the day lies before the Civil Code.
    """
    named = profile.read(tuple, "filing_documents", on=on)
    return (Part.APPLICATION, *(Part(each) for each in named), *IN_PLACE_OF_BALLOTS)


def require_complete(profile: Profile, parts: Iterable[FilingPart], *, on: date) -> None:
    """Raise unless every part is there and can be opened.

    Args:
        profile: the rules of the place.
        parts: what there is; several files of one part are fine.
        on: the day of filing.

    Raises:
        RefusedError: a part is missing, with its name and where to get it, or a file is not what it says.
    """
    there = tuple(parts)
    for each in there:
        _require_readable(each)
    present = {each.part for each in there}
    for part in needed_parts(profile, on=on):
        if part not in present:
            wanted = WANTED[part]
            raise RefusedError(
                Reason.WRONG_STATE,
                f"The filing set lacks the {wanted.en}: {wanted.from_en}.",
                zh=f"备案材料还缺《{wanted.zh}》：{wanted.from_zh}。",
            )


def pack(profile: Profile, filing: FilingSet) -> bytes:
    """Return a complete set as one ZIP.

    Raises:
        RefusedError: as `require_complete`.
    """
    require_complete(profile, filing.parts, on=filing.on)
    named = _named(needed_parts(profile, on=filing.on), filing.parts)
    contents = {
        "estate": filing.estate,
        "number": filing.number,
        "on": filing.on.isoformat(),
        "profile": profile.reference,
        "files": [
            {
                "name": name,
                "part": each.part,
                "title": WANTED[each.part].zh,
                "bytes": len(each.content),
                "sha256": hex_digest(each.content),
            }
            for name, each in named
        ],
    }
    manifest = json.dumps(contents, ensure_ascii=False, indent=1).encode() + b"\n"
    files = {MANIFEST: manifest, **{name: each.content for name, each in named}}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {SUMS: _sums(files), **files}.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _PLAIN_FILE
            archive.writestr(entry, content)
    return target.getvalue()


def require_whole(package: bytes) -> tuple[str, ...]:
    """Return the names of a package's files, in order, if each is as its list of contents says.

    Raises:
        RefusedError: it is no package, or a file was added, taken away or changed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            entries = archive.infolist()
            if any(entry.file_size > MAX_PART_BYTES for entry in entries):
                raise _broken()
            files = {entry.filename: archive.read(entry) for entry in entries}
            listed = {each["name"]: each["sha256"] for each in json.loads(files[MANIFEST])["files"]}
    except _NO_PACKAGE:
        raise _broken() from None
    sums = files.pop(SUMS, None)
    found = {name: hex_digest(content) for name, content in files.items() if name != MANIFEST}
    if found != listed or sums != _sums(files) or len(entries) != len(files) + 1:
        raise _broken()
    return tuple(found)


def _require_readable(part: FilingPart) -> None:
    name = WANTED[part.part]
    if len(part.content) > MAX_PART_BYTES:
        raise RefusedError(
            Reason.TOO_LARGE,
            f"The {name.en} is larger than 50 MB: scan it in grey with 200 dpi.",
            zh=f"《{name.zh}》超过50 MB，请用200 dpi灰度重新扫描。",
        )
    if not part.content.startswith(_FORMATS.get(part.format, b"\0never")):
        raise RefusedError(
            Reason.MALFORMED,
            f"The {name.en} cannot be opened: give a PDF, DOCX, JPG or PNG file.",
            zh=f"《{name.zh}》打不开，请上传PDF、DOCX、JPG或PNG文件。",
        )


def _named(order: tuple[Part, ...], parts: tuple[FilingPart, ...]) -> list[tuple[str, FilingPart]]:
    """Name files so that they sort as the desk reads them; what was not asked for comes last."""
    rest = tuple(part for part in Part if part not in order)
    sorted_parts = [each for part in (*order, *rest) for each in parts if each.part is part]
    return [
        (f"{number:02}-{WANTED[each.part].zh}.{each.format}", each) for number, each in enumerate(sorted_parts, start=1)
    ]


def _sums(files: Mapping[str, bytes]) -> bytes:
    """Write a line for each file as `sha256sum -c` reads it."""
    return "".join(f"{hex_digest(content)}  {name}\n" for name, content in files.items()).encode()


def _broken() -> RefusedError:
    return RefusedError(
        Reason.MALFORMED,
        "The package is not as its list of contents says: make it again.",
        zh="这个材料包和它的目录对不上，请重新生成。",
    )
