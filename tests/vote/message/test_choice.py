import json

import pytest

from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError
from vote.message.aliyun import ENDPOINT, AliyunCarrier
from vote.message.carrier import ConsoleCarrier, FileCarrier, NoCarrier
from vote.message.choice import decode_account, decode_tencent, is_rehearsal, open_carrier
from vote.message.rules import Kind
from vote.message.tencent import TencentCarrier

KEY = b"LTAI5tExample ExampleSecret000\n"
APPROVED = {"sign_name": "善治", "templates": {kind: f"SMS_{number}" for number, kind in enumerate(Kind, 100)}}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "aliyun.key").write_bytes(KEY)
    (tmp_path / "aliyun.json").write_text(json.dumps(APPROVED))
    return {"key_file": tmp_path / "aliyun.key", "approved_file": tmp_path / "aliyun.json"}


async def test_each_word_chooses_its_carrier(files, tmp_path):
    assert isinstance(open_carrier("", rehearsal=False, **files), NoCarrier)
    assert isinstance(open_carrier("console", rehearsal=True, **files), ConsoleCarrier)
    assert isinstance(open_carrier(f"file:{tmp_path}/x", rehearsal=True, **files), FileCarrier)
    aliyun = open_carrier("aliyun", rehearsal=False, **files)
    assert isinstance(aliyun, AliyunCarrier)
    await aliyun.close()


@pytest.mark.parametrize("chosen", ["smtp", "file:", "file", "Console", "aliyun ", "console:x"])
def test_any_other_word_is_refused(chosen, files):
    with pytest.raises(RefusedError) as no:
        open_carrier(chosen, rehearsal=True, **files)
    assert no.value.reason is Reason.MALFORMED


@pytest.mark.parametrize("chosen", ["console", "file:messages.jsonl"])
def test_codes_are_shown_nowhere_but_in_a_rehearsal(chosen, files):
    with pytest.raises(RefusedError) as no:
        open_carrier(chosen, rehearsal=False, **files)
    assert no.value.reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize(
    ("public_url", "demo", "rehearsal"),
    [
        ("https://vote.example.cn", False, False),
        ("https://vote.example.cn", True, True),
        ("http://127.0.0.1:8000", False, True),
        ("http://localhost:8000", False, True),
        ("http://[::1]:8000", False, True),
        ("http://127.0.0.1.example.cn", False, False),
        ("", False, False),
    ],
)
def test_a_rehearsal_is_what_only_this_machine_reaches(public_url, demo, rehearsal):
    assert is_rehearsal(public_url, demo=demo) is rehearsal


@pytest.mark.parametrize("missing", ["key_file", "approved_file"])
def test_a_missing_file_is_named_without_its_folder(missing, files):
    files[missing].unlink()
    with pytest.raises(RefusedError, match=f"The file {files[missing].name} cannot be read") as no:
        open_carrier("aliyun", rehearsal=False, **files)
    assert no.value.reason is Reason.NOT_FOUND


def test_a_wrong_file_is_refused_at_the_start_and_not_repeated(files):
    files["key_file"].write_text("ExampleSecret000\n")
    with pytest.raises(RefusedError) as no:
        open_carrier("aliyun", rehearsal=False, **files)
    assert no.value.reason is Reason.MALFORMED
    assert "ExampleSecret000" not in str(no.value)


def test_an_account_is_what_the_files_say():
    account = decode_account(KEY, json.dumps({**APPROVED, "endpoint": "https://dysmsapi.cn-x.aliyuncs.com"}).encode())
    assert account.key_id == "LTAI5tExample"
    assert account.secret.get_secret_value() == "ExampleSecret000"
    assert account.sign_name == "善治"
    assert account.templates == APPROVED["templates"]
    assert account.endpoint == "https://dysmsapi.cn-x.aliyuncs.com"
    assert decode_account(KEY, json.dumps(APPROVED).encode()).endpoint == ENDPOINT


@pytest.mark.parametrize("key", [b"", b"one", b"one two three", b"one tw\xc3\xb6", b"one two=\n", b"\xff \xff"])
def test_a_key_that_is_not_two_words_is_refused(key):
    with pytest.raises(MalformedError):
        decode_account(key, json.dumps(APPROVED).encode())


@pytest.mark.parametrize(
    "changed",
    [
        {"sign_name": "善"},
        {"sign_name": "【善治】"},
        {"sign_name": "善" * 13},
        {"sign_name": 5},
        {"templates": {}},
        {"templates": {**APPROVED["templates"], "code": "123"}},
        {"templates": {**APPROVED["templates"], "code": None}},
        {"templates": {**APPROVED["templates"], "spam": "SMS_1"}},
        {"endpoint": "http://dysmsapi.aliyuncs.com"},
        {"endpoint": "https://dysmsapi.aliyuncs.com/x"},
        {"endpoint": "https://user@dysmsapi.aliyuncs.com"},
        {"endpoint": None},
        {"more": 1},
    ],
)
def test_whatever_was_not_approved_so_is_refused(changed):
    with pytest.raises(MalformedError):
        decode_account(KEY, json.dumps({**APPROVED, **changed}).encode())


TENCENT = {"app": "1400006666", "sign_name": "善治", "templates": {kind: str(n) for n, kind in enumerate(Kind, 100)}}


async def test_tencent_has_numbers_of_its_own(files):
    files["approved_file"].write_text(json.dumps(TENCENT))
    tencent = open_carrier("tencent", rehearsal=False, **files)
    assert isinstance(tencent, TencentCarrier)
    await tencent.close()
    account = decode_tencent(KEY, json.dumps(TENCENT).encode())
    assert (account.key_id, account.app, account.templates[Kind.CODE]) == ("LTAI5tExample", "1400006666", "100")


@pytest.mark.parametrize(
    "change", [{"app": "x"}, {"templates": APPROVED["templates"]}, {"sign_name": "善"}, {"endpoint": "http://a.b"}]
)
def test_what_was_approved_by_another_service_does_not_do(change):
    with pytest.raises(MalformedError, match=next(iter(change))):
        decode_tencent(KEY, json.dumps({**TENCENT, **change}).encode())
