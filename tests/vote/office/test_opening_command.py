"""`vote office open` on real files: what stands on the screen, and what does not."""

import json

import pytest
from typer.testing import CliRunner

from crypto.ballot import tracker
from crypto.signature import generate_signing_key
from tests.strategies import seeded
from tests.vote.named import OFFICE_KEY, NamedElection, counted
from vote.certificate.opening_request import OpeningReason
from vote.office.command import app
from vote.office.key_file import OfficeSecrets, encode_secrets
from vote.offline import NOT_READ, REFUSED, WAIT


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    signing = generate_signing_key(seeded(1))
    for office, hpke in (("community", OFFICE_KEY), ("organiser", None)):
        made = OfficeSecrets(office, office, signing, b"unused", b"unused", hpke)
        (folder / f"{office}.key").write_bytes(encode_secrets(made))
    (folder / "e.bel").write_bytes(counted().archive())
    (folder / "manifest.json").write_bytes(counted().sealed.manifest)
    for trustee in (1, 2, 3):
        (folder / f"{trustee}.list").write_bytes(counted().sealed_list(trustee))
    (folder / "request.json").write_bytes(counted().request(1))
    return folder


def run(folder, *more, lists=(1, 2), **files):
    names = {
        "key": "community.key", "archive": "e.bel", "manifest": "manifest.json", "request": "request.json", **files,
    }  # fmt: skip
    arguments = [word for name, file in names.items() for word in (f"--{name}", str(folder / file))]
    arguments += [word for trustee in lists for word in ("--list", str(folder / f"{trustee}.list"))]
    return CliRunner().invoke(app, ["open", *arguments, *more])


def test_one_ballot_stands_on_the_screen_and_nothing_else_is_shown_or_written(desk):
    before = sorted(desk.iterdir())
    answer = run(desk)
    assert answer.exit_code == 0
    assert answer.stdout.splitlines() == [
        "“测试” 记名票拆开记录，第 7 号申请",
        f"回执编号：{_tracker(1)}",
        "原因：业主本人要求（1月5日09:00申请）",
        "1. 是否同意管理规约：同意",
        "2. 选举业主委员会委员：甲、乙",
        "平台已给这位业主的手机发了短信，说这张票被拆开和拆开的原因。",
        "本次只拆这一张，已编号记入公开的记录。请只告诉该知道的人；再看别的票，要另外申请。",
    ]
    assert answer.stderr == ""
    assert sorted(desk.iterdir()) == before


def test_a_program_gets_the_same(desk):
    assert json.loads(run(desk, "--json", lists=(3, 2)).stdout) == {
        "election": "DQB53CqA1UtMwz",
        "request": 7,
        "tracker": _tracker(1),
        "reason": "owner-request",
        "requested_at": "2027-01-05T01:00:00Z",
        "told": True,
        "questions": [
            {"text": "是否同意管理规约", "marked": ["同意"]},
            {"text": "选举业主委员会委员", "marked": ["甲", "乙"]},
        ],
    }


def test_an_owner_without_a_phone_is_to_be_told_on_paper_and_an_empty_answer_is_said(desk):
    request = counted().request(3, reason=OpeningReason.OBJECTION, told=False)
    (desk / "other.json").write_bytes(request)
    shown = run(desk, request="other.json").stdout
    assert "原因：处理对这张票的异议" in shown
    assert "2. 选举业主委员会委员：（没有选）" in shown
    assert "请书面告知本人" in shown
    assert "发了短信" not in shown


@pytest.mark.parametrize(
    ("code", "words", "files"),
    [
        (REFUSED, "use the key file of the community", {"key": "organiser.key"}),
        (WAIT, "2 good shares of 3 are needed", {"lists": (2,)}),
        (NOT_READ, "missing or cannot be read", {"request": "nothing.json"}),
        (REFUSED, "the same one", {"request": "manifest.json"}),
        (REFUSED, "no result yet", {"archive": "tally.bel"}),
        (REFUSED, "it was replaced, set aside", {"request": "replaced.json"}),
    ],
)
def test_a_refusal_shows_no_ballot(desk, code, words, files):
    (desk / "tally.bel").write_bytes(counted().archive(upto="tally"))
    (desk / "replaced.json").write_bytes(counted().request(0))
    answer = run(desk, **files)
    assert (answer.exit_code, answer.stdout) == (code, "")
    assert words in answer.stderr


def test_a_secret_election_is_refused(desk):
    secret = counted(NamedElection(secrecy="secret"))
    (desk / "secret.bel").write_bytes(secret.archive())
    (desk / "secret.json").write_bytes(secret.sealed.manifest)
    answer = run(desk, archive="secret.bel", manifest="secret.json")
    assert answer.exit_code == REFUSED
    assert "This election is secret" in answer.stderr


def _tracker(ballot):
    return tracker(counted().ballots[ballot])
