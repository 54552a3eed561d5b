"""What stands in fields, what makes a record whole, and what is bound and shown of it: expectations by hand."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from vote.errors import RefusedError
from vote.oversight.record import fields
from vote.oversight.record.fields import (
    Field,
    FieldType,
    Value,
    ValuesRefusedError,
    find_wrong,
    read_typed,
    write_money,
    write_typed,
)
from vote.oversight.record.kinds import DAY, KINDS, TITLE, RecordKind
from vote.oversight.record.rules import (
    ARTICLES,
    FILES,
    OFFICES,
    Article,
    Attachment,
    CommittedField,
    Office,
    PublicRecord,
    Redaction,
    china_day,
    commit_field,
    commit_fields,
    encode_record,
    is_same,
    published_facts,
    redacted_facts,
    require_redactable,
    require_values,
    spell_file_name,
    write_moment,
)

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
NOTICE: Mapping[str, Value] = {"title": "停水", "day": "2026-11-24", "content": "明天停水。"}
INCOME: Mapping[str, Value] = {
    "title": "公共收益", "day": "2026-11-24", "from": "2026-01-01", "to": "2026-06-30",
    "opening": 100, "income": 50, "spending": 30, "closing": 120,
}  # fmt: skip
SALTS = [bytes([number]) * 32 for number in range(1, 5)]
PDF = Attachment("合同.pdf", "application/pdf", 3, "ab" * 32)


def _field(kind: FieldType, **more: object) -> Field:
    return Field("x", fields.MISSING, kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldType.LINE, " 电梯 ", "电梯"),
        (FieldType.LINE, " \n ", None),
        (FieldType.TEXT, "一\r\n二\r三", "一\n二\n三"),
        (FieldType.MONEY, "12,345.6", 1_234_560),
        (FieldType.MONEY, "12，345.60", 1_234_560),
        (FieldType.MONEY, "0.05", 5),
        (FieldType.MONEY, "-7", -700),
        (FieldType.MONEY, "1,23.00", fields.MONEY),
        (FieldType.MONEY, "1.234", fields.MONEY),
        (FieldType.MONEY, "1e5", fields.MONEY),
        (FieldType.NUMBER, "05", 5),
        (FieldType.NUMBER, "5.0", fields.NUMBER),
        (FieldType.NUMBER, "-5", fields.NUMBER),
        (FieldType.PEOPLE, "张三、李四\n\n 王五 ", ["张三", "李四", "王五"]),
        (FieldType.DAY, "2026-11-24", "2026-11-24"),
    ],
)
def test_what_is_typed_is_read(kind: FieldType, typed: str, value: object) -> None:
    assert read_typed(_field(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [
        (FieldType.LINE, None, ""),
        (FieldType.LINE, "电梯", "电梯"),
        (FieldType.MONEY, 1_234_560, "12,345.60"),
        (FieldType.MONEY, -5, "-0.05"),
        (FieldType.NUMBER, 7, "7"),
        (FieldType.PEOPLE, ["张三", "李四"], "张三\n李四"),
    ],
)
def test_a_value_is_written_as_it_is_typed(kind: FieldType, value: Value | None, typed: str) -> None:
    assert write_typed(_field(kind), value) == typed


def test_amounts_are_written_in_yuan() -> None:
    assert [write_money(fen) for fen in (0, 1, 100, 123_456_789, -100_000)] == [
        "0.00", "0.01", "1.00", "1,234,567.89", "-1,000.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        (FieldType.LINE, "电梯", None),
        (FieldType.LINE, "一\n二", fields.ONE_LINE),
        (FieldType.LINE, "", fields.MISSING),
        (FieldType.LINE, " 电梯", fields.MISSING),
        (FieldType.LINE, 7, fields.MISSING),
        (FieldType.LINE, "长" * 200, None),
        (FieldType.LINE, "长" * 201, fields.LONG),
        (FieldType.LINE, "a\tb", fields.SIGNS),
        (FieldType.LINE, "a\u202eb", fields.SIGNS),
        (FieldType.TEXT, "一\n二", None),
        (FieldType.TEXT, "一\r二", fields.SIGNS),
        (FieldType.TEXT, "长" * 20_001, fields.LONG),
        (FieldType.MONEY, 0, None),
        (FieldType.MONEY, -1, fields.MONEY),
        (FieldType.MONEY, 10**15, None),
        (FieldType.MONEY, 10**15 + 1, fields.MONEY),
        (FieldType.MONEY, 1.0, fields.MONEY),
        (FieldType.MONEY, True, fields.MONEY),
        (FieldType.NUMBER, 3, None),
        (FieldType.NUMBER, -3, fields.NUMBER),
        (FieldType.DAY, "2026-11-24", None),
        (FieldType.DAY, "20261124", fields.DAY),
        (FieldType.DAY, "2026-02-30", fields.DAY),
        (FieldType.DAY, "1989-12-31", fields.DAY),
        (FieldType.DAY, "2101-01-01", fields.DAY),
        (FieldType.DAY, 20261124, fields.DAY),
        (FieldType.PEOPLE, ["张三"], None),
        (FieldType.PEOPLE, [], fields.PEOPLE),
        (FieldType.PEOPLE, ["张三"] * 60, None),
        (FieldType.PEOPLE, ["张三"] * 61, fields.PEOPLE),
        (FieldType.PEOPLE, "张三", fields.PEOPLE),
        (FieldType.PEOPLE, {"张三": 1}, fields.PEOPLE),
        (FieldType.PEOPLE, ["张三\n李四"], fields.PEOPLE),
        (FieldType.PEOPLE, ["张三", 7], fields.PEOPLE),
    ],
)
def test_what_cannot_stand_in_a_field_is_said(kind: FieldType, value: object, wrong: object) -> None:
    assert find_wrong(_field(kind), value) == wrong


def test_a_choice_is_one_of_those_listed_and_a_balance_may_be_below_zero() -> None:
    choice = _field(FieldType.CHOICE, choices={"hire": fields.MISSING})
    assert [find_wrong(choice, each) for each in ("hire", "聘用", 1)] == [None, fields.CHOOSE, fields.CHOOSE]
    balance = _field(FieldType.MONEY, signed=True)
    assert [find_wrong(balance, each) for each in (-(10**15), -(10**15) - 1)] == [None, fields.MONEY]


def test_every_kind_has_title_and_day_and_names_that_the_log_can_spell() -> None:
    assert list(KINDS) == list(RecordKind)
    for kind, schema in KINDS.items():
        names = [each.name for each in schema.fields]
        assert names[:2] == [TITLE, DAY], kind
        assert len(set(names)) == len(names) <= 30, kind
        assert all(name.replace("_", "").isalpha() and name.islower() for name in names), kind
        assert not set(names) & set(FILES), kind
        assert schema.label.zh and schema.label.en and schema.about.zh and schema.about.en, kind  # noqa: PT018
        assert schema.get(DAY).type is FieldType.DAY
        for each in schema.fields:
            assert each.label.zh and each.label.en, (kind, each.name)  # noqa: PT018
            assert bool(each.choices) == (each.type is FieldType.CHOICE), (kind, each.name)
        assert {*(schema.sums or ())} <= {*names}, kind


def test_what_owners_can_ask_to_see_has_a_kind() -> None:
    """MGR 36 and 39, JX 19, 21, 26, 30, ZJ 15: each thing that they name."""
    assert {str(kind) for kind in RecordKind} == {
        "decision", "minutes", "contract", "seal", "notice", "staffing", "income", "fund", "expenses", "audit", "manager",
        "handover", "interest", "covenant",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "values", "files", "wrong"),
    [
        (RecordKind.NOTICE, NOTICE, 0, {}),
        (RecordKind.NOTICE, NOTICE, 8, {}),
        (RecordKind.NOTICE, NOTICE, 9, {"files": fields.LONG}),
        (RecordKind.NOTICE, {**NOTICE, "until": "2026-12-01"}, 0, {}),
        (RecordKind.NOTICE, {**NOTICE, "phone": "1"}, 0, {"phone": fields.UNKNOWN}),
        (
            RecordKind.NOTICE,
            {"day": "2026-11-24", "content": ""},
            0,
            {"title": fields.MISSING, "content": fields.MISSING},
        ),
        (RecordKind.INCOME, INCOME, 1, {}),
        (RecordKind.INCOME, {**INCOME, "opening": -100, "closing": -80}, 1, {}),
    ],
)
def test_what_makes_a_record_whole(
    kind: RecordKind, values: Mapping[str, Value], files: int, wrong: Mapping[str, object]
) -> None:
    if not wrong:
        require_values(kind, values, files=files)
        return
    with pytest.raises(ValuesRefusedError, match="does not fit") as refused:
        require_values(kind, values, files=files)
    assert refused.value.errors == wrong
    assert refused.value.zh


@pytest.mark.parametrize(
    ("changes", "files", "name", "words"),
    [
        ({}, 0, "files", "附上文件"),
        ({"closing": 121}, 1, "closing", "账不平"),
        ({"from": "2026-07-01"}, 1, "to", "早"),
    ],
)
def test_fields_that_contradict_each_other_are_refused(
    changes: Mapping[str, Value], files: int, name: str, words: str
) -> None:
    with pytest.raises(ValuesRefusedError) as refused:
        require_values(RecordKind.INCOME, {**INCOME, **changes}, files=files)
    assert list(refused.value.errors) == [name]
    assert words in refused.value.errors[name].zh


def test_each_field_is_bound_alone_under_its_own_name() -> None:
    """HMAC-SHA-256 by its definition: SHA-256(key ^ opad, SHA-256(key ^ ipad, text)), over the spelled-out domain."""
    found = commit_fields(RecordKind.NOTICE, {**NOTICE, "until": "2026-12-01"}, [PDF], [*SALTS, b"\5" * 32])
    assert [each.name for each in found] == ["title", "day", "content", "until", "file_a"]
    assert [each.salt for each in found] == [*SALTS, b"\5" * 32]
    assert found[4].value == {"name": "合同.pdf", "media_type": "application/pdf", "size": 3, "sha256": "ab" * 32}
    assert found[0].commitment == commit_field(RecordKind.NOTICE, "title", "停水", SALTS[0])
    others = {
        commit_field(RecordKind.DECISION, "title", "停水", SALTS[0]),
        commit_field(RecordKind.NOTICE, "content", "停水", SALTS[0]),
        commit_field(RecordKind.NOTICE, "title", "停水", SALTS[1]),
        commit_field(RecordKind.NOTICE, "title", "停电", SALTS[0]),
    }
    assert len({*others, found[0].commitment}) == 5


def test_there_are_as_many_salts_as_fields() -> None:
    with pytest.raises(ValueError, match="zip"):
        commit_fields(RecordKind.NOTICE, NOTICE, [], SALTS)


def _record(*, hidden: tuple[str, ...] = (), supersedes: str | None = None) -> PublicRecord:
    redaction = Redaction(Article.DELETION, Office.COURT, date(2026, 11, 25))
    committed = tuple(
        CommittedField(each.name, each.commitment, None, None, redaction) if each.name in hidden else each
        for each in commit_fields(RecordKind.NOTICE, NOTICE, [PDF], SALTS)
    )
    return PublicRecord("U" * 14, "xinyuan", RecordKind.NOTICE, NOW, supersedes, committed)


def test_the_public_json_has_one_spelling_and_hides_what_is_hidden() -> None:
    shown = json.loads(encode_record(_record(hidden=("content",), supersedes="V" * 14)))
    assert shown.keys() == {"version", "record", "estate", "kind", "published_at", "supersedes", "fields"}
    assert (shown["published_at"], shown["supersedes"]) == ("2026-11-24T16:00:00Z", "V" * 14)
    assert shown["fields"]["title"] == {
        "commitment": _record().fields[0].commitment.hex(), "value": "停水", "salt": "01" * 32,
    }  # fmt: skip
    assert shown["fields"]["content"] == {
        "commitment": _record().fields[2].commitment.hex(),
        "redacted": {"article": "deletion", "by": "court", "on": "2026-11-25"},
    }
    encoded = encode_record(_record())
    assert (
        encoded == json.dumps(json.loads(encoded), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    )
    assert hashlib.sha256(encoded).digest() == hashlib.sha256(encode_record(_record())).digest()


def test_the_log_holds_commitments_and_no_value() -> None:
    facts = published_facts(_record())
    assert facts == {
        "record": "U" * 14,
        "record_kind": "notice",
        "published_at": "2026-11-24T16:00:00Z",
        "supersedes": "",
        "commitments": {each.name: each.commitment.hex() for each in _record().fields},
    }
    assert published_facts(_record(supersedes="V" * 14))["supersedes"] == "V" * 14
    redaction = Redaction(Article.PRIVACY, Office.SUB_DISTRICT, date(2026, 11, 25))
    assert redacted_facts("U" * 14, ["title", "file_a"], redaction) == {
        "record": "U" * 14,
        "fields": ["file_a", "title"],
        "article": "privacy",
        "office": "sub-district",
        "on": "2026-11-25",
    }


@pytest.mark.parametrize("names", [(), ("title", "title"), ("unknown",), ("day",), ("content",), ("title", "day")])
def test_only_what_is_there_and_shown_is_hidden_and_never_the_day(names: tuple[str, ...]) -> None:
    with pytest.raises(RefusedError, match="Name the fields to hide") as refused:
        require_redactable(_record(hidden=("content",)).fields, names)
    assert "日期不能隐去" in refused.value.zh


def test_whole_fields_and_attachments_are_hidden() -> None:
    require_redactable(_record().fields, ("title", "content", "file_a"))


def test_a_form_that_is_sent_again_is_known() -> None:
    def same(record: PublicRecord, **changes: object) -> bool:
        sent = {"kind": RecordKind.NOTICE, "values": NOTICE, "files": 1, "supersedes": None, **changes}
        return is_same(record, **sent)  # type: ignore[arg-type]

    assert same(_record())
    assert same(_record(hidden=("content", "file_a")), values={**NOTICE, "content": "别的"})
    assert not same(_record(), values={**NOTICE, "content": "别的"})
    assert not same(_record(), values={**NOTICE, "until": "2026-12-01"})
    assert not same(_record(), files=0)
    assert not same(_record(), kind=RecordKind.DECISION)
    assert not same(_record(), supersedes="V" * 14)
    assert same(_record(supersedes="V" * 14), supersedes="V" * 14)


def test_a_moment_is_written_in_universal_time_and_a_day_counted_in_china() -> None:
    local = datetime(2026, 11, 25, 0, 0, 59, 999_999, tzinfo=timezone(timedelta(hours=8)))
    assert write_moment(local) == "2026-11-24T16:00:59Z"
    assert china_day(NOW) == date(2026, 11, 25)
    assert china_day(NOW - timedelta(seconds=1)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("合同.pdf", "合同.pdf"),
        ("合同.PDF", "合同.pdf"),
        ("C:\\desk\\合同.docx.pdf", "合同.docx.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("合同.exe", "合同.exe.pdf"),
        ("合同.jpg", "合同.pdf"),
        ("合\u202e同\n<b>.pdf", "合同b.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "file.pdf"),
        ("长" * 200 + ".pdf", "长" * 96 + ".pdf"),
    ],
)
def test_a_file_has_a_plain_name_and_the_ending_of_what_it_is(name: str, spelled: str) -> None:
    assert spell_file_name(name, "application/pdf") == spelled


def test_every_article_and_office_has_words() -> None:
    assert list(ARTICLES) == list(Article)
    assert list(OFFICES) == list(Office)
    assert all("第" in each.zh and "art." in each.en for each in ARTICLES.values())
    assert all(each.zh and each.en for each in OFFICES.values())
