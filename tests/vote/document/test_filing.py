"""A filing set goes out whole or not at all."""

import hashlib
import io
import json
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.vote.document.made import PAPERS
from vote.document.docx import render_docx
from vote.document.filing import (
    MAX_PART_BYTES,
    FilingPart,
    FilingSet,
    Part,
    needed_parts,
    pack,
    require_complete,
    require_whole,
)
from vote.document.pdf import render_pdf
from vote.errors import Reason, RefusedError
from vote.law.library import load_profile

JIASHAN = load_profile("cn-zj-jiaxing-jiashan", "2026-11-26")
NATIONAL = load_profile("cn", "2026-11-26")
ON = date(2027, 1, 10)
PDF = b"%PDF-1.7 made up "
WHOLE = tuple(FilingPart(part, "pdf", PDF + part.value.encode()) for part in Part)
MISSING = {
    Part.APPLICATION: "备案材料还缺《备案申请表》：打印备案申请表，主任签名后上传扫描件。",
    Part.MINUTES_AND_DECISIONS: "备案材料还缺《会议记录和会议决定》：上传签了名的结果公告和会议纪要。",
    Part.ASSEMBLY_RULES: "备案材料还缺《议事规则》：用表决通过的那一版。",
    Part.COVENANT: "备案材料还缺《管理规约》：用表决通过的那一版。",
    Part.MEMBERS: "备案材料还缺《委员名单》：首次委员会会议推选主任后，打印委员名单并签名。",
    Part.PARTICIPATION_LIST: "备案材料还缺《参与表决登记表》：打印参与表决登记表，计票人签名。",
    Part.DELIVERY_REGISTER: "备案材料还缺《发放、收回登记册》：向送信的人收齐各幢的登记册。",
    Part.COUNT_RECORD: "备案材料还缺《计票汇总表》：打印计票汇总表，计票人和监票人签名。",
    Part.RECHECK: "备案材料还缺《计票复核记录》：请没有参加计票的人复核一遍并签名。",
}
"""By hand after ZJ 13 and rulebook §9a.9."""


def filing(parts: tuple[FilingPart, ...] = WHOLE) -> FilingSet:
    return FilingSet("汾湖花园", "汾湖备〔2027〕1号", ON, parts)


def repacked(package: bytes, *, drop: str = "", add: str = "", change: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as altered:
        for name in source.namelist():
            if name != drop:
                altered.writestr(name, source.read(name) + (b"!" if name == change else b""))
        if add:
            altered.writestr(add, PDF)
    return target.getvalue()


def test_zhejiang_asks_for_four_and_four_stand_in_for_ballots():
    assert needed_parts(JIASHAN, on=ON) == (
        Part.APPLICATION, Part.MINUTES_AND_DECISIONS, Part.ASSEMBLY_RULES, Part.COVENANT, Part.MEMBERS,
        Part.PARTICIPATION_LIST, Part.DELIVERY_REGISTER, Part.COUNT_RECORD, Part.RECHECK,
    )  # fmt: skip


def test_where_no_text_lists_documents_the_application_and_the_four_remain():
    assert needed_parts(NATIONAL, on=ON) == (
        Part.APPLICATION, Part.PARTICIPATION_LIST, Part.DELIVERY_REGISTER, Part.COUNT_RECORD, Part.RECHECK,
    )  # fmt: skip


def test_a_whole_set_may_go():
    require_complete(JIASHAN, WHOLE, on=ON)


@pytest.mark.parametrize("part", list(Part))
def test_one_part_missing_is_refused_with_where_to_get_it(part):
    rest = tuple(each for each in WHOLE if each.part is not part)
    for refuse in (lambda: require_complete(JIASHAN, rest, on=ON), lambda: pack(JIASHAN, filing(rest))):
        with pytest.raises(RefusedError) as caught:
            refuse()
        assert caught.value.reason is Reason.WRONG_STATE
        assert caught.value.zh == MISSING[part]
        assert caught.value.detail.startswith("The filing set lacks the ")


def test_of_several_missing_the_first_is_named():
    with pytest.raises(RefusedError, match="lacks the application: print"):
        require_complete(JIASHAN, (), on=ON)
    with pytest.raises(RefusedError, match="lacks the covenant"):
        require_complete(JIASHAN, WHOLE[:3], on=ON)


@pytest.mark.parametrize(
    ("format_", "content"),
    [("pdf", b""), ("pdf", b"not a pdf"), ("docx", PDF), ("png", b"%PDF-"), ("exe", PDF), ("exe", b""), ("", b"")],
)
def test_a_file_that_cannot_be_opened_is_refused(format_, content):
    with pytest.raises(RefusedError) as caught:
        require_complete(JIASHAN, (*WHOLE, FilingPart(Part.COVENANT, format_, content)), on=ON)
    assert caught.value.zh == "《管理规约》打不开，请上传PDF、DOCX、JPG或PNG文件。"


def test_a_file_that_is_too_large_is_refused():
    require_complete(JIASHAN, (*WHOLE, FilingPart(Part.MEMBERS, "pdf", PDF.ljust(MAX_PART_BYTES))), on=ON)
    with pytest.raises(RefusedError) as caught:
        require_complete(JIASHAN, (*WHOLE, FilingPart(Part.MEMBERS, "pdf", PDF.ljust(MAX_PART_BYTES + 1))), on=ON)
    assert caught.value.reason is Reason.TOO_LARGE
    assert caught.value.zh == "《委员名单》超过50 MB，请用200 dpi灰度重新扫描。"


def test_the_package_lists_what_is_in_it(tmp_path: Path):
    scan = FilingPart(Part.DELIVERY_REGISTER, "jpg", b"\xff\xd8\xff second building")
    package = pack(JIASHAN, filing((scan, *reversed(WHOLE))))
    names = require_whole(package)
    assert names == (
        "01-备案申请表.pdf", "02-会议记录和会议决定.pdf", "03-议事规则.pdf", "04-管理规约.pdf", "05-委员名单.pdf",
        "06-参与表决登记表.pdf", "07-发放、收回登记册.jpg", "08-发放、收回登记册.pdf", "09-计票汇总表.pdf", "10-计票复核记录.pdf",
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(tmp_path)
        listed = json.loads(archive.read("manifest.json"))
    assert (listed["estate"], listed["number"], listed["on"]) == ("汾湖花园", "汾湖备〔2027〕1号", "2027-01-10")
    assert listed["profile"] == "cn-zj-jiaxing-jiashan@2026-11-26"
    first = PDF + b"APPLICATION"
    assert listed["files"][0] == {
        "name": "01-备案申请表.pdf",
        "part": "APPLICATION",
        "title": "备案申请表",
        "bytes": len(first),
        "sha256": hashlib.sha256(first).hexdigest(),
    }
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.count(": OK") == 11


def test_what_was_not_asked_for_comes_last():
    package = pack(NATIONAL, filing())
    assert require_whole(package)[5:] == (
        "06-会议记录和会议决定.pdf", "07-议事规则.pdf", "08-管理规约.pdf", "09-委员名单.pdf",
    )  # fmt: skip


def test_the_same_parts_give_the_same_bytes():
    assert pack(JIASHAN, filing()) == pack(JIASHAN, filing())


@pytest.mark.parametrize(
    "alteration",
    [
        {"drop": "03-议事规则.pdf"},
        {"add": "99-夹带.pdf"},
        {"change": "04-管理规约.pdf"},
        {"drop": "manifest.json"},
        {"change": "manifest.json"},
        {"drop": "SHA256SUMS"},
        {"change": "SHA256SUMS"},
    ],
    ids=str,
)
def test_an_altered_package_is_refused(alteration):
    package = pack(JIASHAN, filing())
    with pytest.raises(RefusedError) as caught:
        require_whole(repacked(package, **alteration))
    assert caught.value.zh == "这个材料包和它的目录对不上，请重新生成。"


def test_a_name_that_stands_twice_is_refused():
    package = io.BytesIO(pack(JIASHAN, filing()))
    with zipfile.ZipFile(package, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("04-管理规约.pdf", PDF)
    with pytest.raises(RefusedError):
        require_whole(package.getvalue())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-"])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(RefusedError):
        require_whole(data)


def test_a_file_that_unpacks_without_end_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * (MAX_PART_BYTES + 1))
    with pytest.raises(RefusedError):
        require_whole(target.getvalue())


def test_papers_made_here_can_be_filed():
    forms = {
        Part.APPLICATION: "filing-application", Part.MEMBERS: "member-list", Part.MINUTES_AND_DECISIONS: "minutes",
        Part.PARTICIPATION_LIST: "participation-list", Part.DELIVERY_REGISTER: "delivery-register",
        Part.COUNT_RECORD: "count-sheet", Part.RECHECK: "recheck",
    }  # fmt: skip
    made = [FilingPart(part, "pdf", render_pdf(PAPERS[form].paper())) for part, form in forms.items()]
    drafts = [
        FilingPart(part, "docx", render_docx(PAPERS["minutes"].paper()))
        for part in (Part.ASSEMBLY_RULES, Part.COVENANT)
    ]
    assert len(require_whole(pack(JIASHAN, filing((*made, *drafts))))) == 9
