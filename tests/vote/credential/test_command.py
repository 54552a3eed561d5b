"""The registrar's commands on real files."""

import dataclasses
import hashlib
import json
import stat
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crypto.credential import derive_secret, public_credential
from crypto.credential_part import Part, Side, verify_part
from vote.credential.command import app
from vote.credential.letter import decode_letters
from vote.credential.rules import Request, RequestLine, decode_public_list, encode_request
from vote.credential.statement import Destroyed, Reissued, Why, decode_destroyed, decode_reissued

UUID = "DQB53CqA1UtMwz"


@dataclasses.dataclass
class Desk:
    """The folder in which the registrar's files lie."""

    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / name

    def keygen(self, name: str) -> str:
        answer = CliRunner().invoke(app, ["keygen", "--out", str(self.path(name))])
        assert answer.exit_code == 0
        return answer.stdout.strip()

    def ask(self, entitlements: int = 3, parts: int = 1) -> None:
        base = 10 ** len(str(entitlements))
        lines = tuple(
            RequestLine(number, 9000 * base + 1, (f"3幢{number}室",), "张*") for number in range(1, entitlements + 1)
        )
        self.path("request.json").write_bytes(encode_request(Request(UUID, "2026年业主大会", base, lines, parts)))

    def issue(self, *recipients: str) -> Result:
        arguments = ["issue", "--request", str(self.path("request.json"))]
        for recipient in recipients:
            arguments += ["--recipient", recipient]
        paths = ["--public", str(self.path("public.json")), "--private", str(self.path("private.age"))]
        return CliRunner().invoke(app, arguments + paths)

    def letters(self, *names: str) -> Result:
        arguments = ["letters", "--private", str(self.path("private.age")), "--out", str(self.path("letters.jsonl"))]
        for name in names:
            arguments += ["--identity", str(self.path(name))]
        return CliRunner().invoke(app, arguments)

    def reissue(self, *names: str, entitlement: int = 2, reason: str = "lost", name: str = "new") -> Result:
        arguments = ["reissue", "--private", str(self.path("private.age")), "--entitlement", str(entitlement)]
        arguments += ["--reason", reason, "--public", str(self.path(f"{name}.json"))]
        arguments += ["--letter", str(self.path(f"{name}.jsonl"))]
        for identity in names:
            arguments += ["--identity", str(self.path(identity))]
        return CliRunner().invoke(app, arguments)

    def destroy(self, election: str = UUID) -> Result:
        arguments = ["destroy", "--private", str(self.path("private.age")), "--election", election]
        return CliRunner().invoke(app, [*arguments, "--statement", str(self.path("destroyed.json"))])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def issued(desk: Desk) -> Desk:
    desk.ask()
    assert desk.issue(desk.keygen("owner.key"), desk.keygen("community.key")).exit_code == 0
    return desk


@pytest.fixture
def in_two_parts(desk: Desk) -> Desk:
    desk.ask(parts=2)
    assert desk.issue(desk.keygen("owner.key"), desk.keygen("community.key")).exit_code == 0
    return desk


def test_every_letter_opens_its_own_line_of_the_public_list(issued):
    answer = issued.letters("owner.key", "community.key")
    assert answer.exit_code == 0
    letters = decode_letters(issued.path("letters.jsonl").read_bytes())
    public = decode_public_list(issued.path("public.json").read_bytes())
    assert public.election == UUID
    made = [(each.entitlement, public_credential(derive_secret(UUID, each.credential))) for each in letters]
    assert [(*line, None, None) for line in made] == [tuple(line) for line in public.lines]
    assert {each.number for each in letters} == {None}
    assert [(each.election, each.places, each.owner) for each in letters] == [
        (UUID, (f"3幢{number}室",), "张*") for number in (1, 2, 3)
    ]


def test_both_keys_open_the_letters_in_either_order_and_one_alone_does_not(issued):
    issued.keygen("stranger.key")
    for names in (("owner.key",), ("community.key", "community.key"), ("owner.key", "stranger.key")):
        answer = issued.letters(*names)
        assert answer.exit_code == 1
        assert not issued.path("letters.jsonl").exists()
    assert issued.letters("community.key", "owner.key").exit_code == 0


def test_nothing_but_the_letters_file_holds_a_credential_in_clear(issued):
    issued.letters("owner.key", "community.key")
    letters = decode_letters(issued.path("letters.jsonl").read_bytes())
    issued.path("letters.jsonl").unlink()
    files = {path.name: path.read_bytes() for path in issued.folder.iterdir()}
    assert set(files) == {"owner.key", "community.key", "request.json", "public.json", "private.age"}
    assert not any(each.credential.encode() in data for each in letters for data in files.values())


def test_secret_files_are_readable_by_their_owner_alone(issued):
    issued.letters("owner.key", "community.key")
    for name in ("owner.key", "community.key", "private.age", "letters.jsonl"):
        assert stat.S_IMODE(issued.path(name).stat().st_mode) == 0o600


def test_a_key_is_an_age_identity_and_its_recipient_is_printed(desk):
    recipient = desk.keygen("owner.key")
    comment, secret = desk.path("owner.key").read_text().splitlines()
    assert recipient.startswith("age1")
    assert comment == f"# public key: {recipient}"
    assert secret.startswith("AGE-SECRET-KEY-1")


def test_nothing_is_replaced(issued):
    before = {path.name: path.read_bytes() for path in issued.folder.iterdir()}
    assert CliRunner().invoke(app, ["keygen", "--out", str(issued.path("owner.key"))]).exit_code == 1
    people = [
        line.removeprefix("# public key: ")
        for line in (issued.path(name).read_text().splitlines()[0] for name in ("owner.key", "community.key"))
    ]
    assert issued.issue(*people).exit_code == 1
    issued.path("public.json").rename(issued.path("old.json"))
    assert issued.issue(*people).exit_code == 1
    issued.path("old.json").rename(issued.path("public.json"))
    assert {path.name: path.read_bytes() for path in issued.folder.iterdir()} == before
    issued.path("letters.jsonl").write_bytes(b"")
    assert issued.letters("owner.key", "community.key").exit_code == 1
    assert issued.path("letters.jsonl").read_bytes() == b""


@pytest.mark.parametrize("count", [0, 1, 3])
def test_two_people_are_needed(desk, count):
    desk.ask()
    answer = desk.issue(*(desk.keygen(f"{number}.key") for number in range(count)))
    assert answer.exit_code != 0
    assert not desk.path("public.json").exists()
    assert not desk.path("private.age").exists()


def test_a_broken_request_is_refused(desk):
    desk.path("request.json").write_text("{}")
    answer = desk.issue(desk.keygen("owner.key"), desk.keygen("community.key"))
    assert (answer.exit_code, "field version is missing" in answer.stderr) == (1, True)
    assert not desk.path("private.age").exists()


def test_a_missing_file_is_exit_2(desk):
    assert desk.issue(desk.keygen("owner.key"), desk.keygen("community.key")).exit_code == 2
    assert desk.letters("owner.key", "community.key").exit_code == 2


def test_two_issues_share_no_credential(desk):
    seen: set[str] = set()
    for name in ("first", "second"):
        other = Desk(desk.folder / name)
        other.folder.mkdir()
        other.ask()
        other.issue(other.keygen("owner.key"), other.keygen("community.key"))
        seen |= {line.credential for line in decode_public_list(other.path("public.json").read_bytes()).lines}
    assert len(seen) == 6


def test_a_letter_of_two_parts_has_a_number_and_its_maker_proves_the_part(in_two_parts):
    assert in_two_parts.letters("owner.key", "community.key").exit_code == 0
    letters = decode_letters(in_two_parts.path("letters.jsonl").read_bytes())
    public = decode_public_list(in_two_parts.path("public.json").read_bytes())
    assert len({each.number for each in letters}) == 3
    for letter, line in zip(letters, public.lines, strict=True):
        assert (line.entitlement, line.letter_number) == (letter.entitlement, letter.number)
        assert line.credential == public_credential(derive_secret(UUID, letter.credential))
        verify_part(UUID, Side.LETTER, Part(line.credential, line.proof))


def test_a_list_with_letters_numbers_is_readable_by_its_owner_alone(in_two_parts):
    assert stat.S_IMODE(in_two_parts.path("public.json").stat().st_mode) == 0o600


def test_a_letter_made_anew_has_the_same_credential_and_another_number(in_two_parts):
    in_two_parts.letters("owner.key", "community.key")
    old = decode_letters(in_two_parts.path("letters.jsonl").read_bytes())[1]
    assert in_two_parts.reissue("community.key", "owner.key", reason="sale").exit_code == 0
    (new,) = decode_letters(in_two_parts.path("new.jsonl").read_bytes())
    assert new == old._replace(number=new.number)
    assert new.number != old.number
    said = decode_reissued(in_two_parts.path("new.json").read_bytes())
    assert said == Reissued(UUID, 2, new.number, Why.SALE)
    for name in ("new.json", "new.jsonl"):
        assert stat.S_IMODE(in_two_parts.path(name).stat().st_mode) == 0o600


def test_one_registrar_makes_no_letter_anew_and_none_that_is_not_there(in_two_parts):
    for names, entitlement in (
        (("owner.key",), 2),
        (("owner.key", "owner.key"), 2),
        (("owner.key", "community.key"), 4),
    ):
        assert in_two_parts.reissue(*names, entitlement=entitlement).exit_code == 1
        assert not in_two_parts.path("new.json").exists()
        assert not in_two_parts.path("new.jsonl").exists()


def test_a_letter_without_a_number_is_not_made_anew(issued):
    answer = issued.reissue("owner.key", "community.key")
    assert (answer.exit_code, "no numbers" in answer.stderr) == (1, True)


def test_letters_are_made_anew_for_a_reason_of_the_list(in_two_parts):
    assert in_two_parts.reissue("owner.key", "community.key", reason="gift").exit_code == 2


def test_what_was_issued_is_destroyed_and_a_statement_says_which(issued):
    digest = hashlib.sha256(issued.path("private.age").read_bytes()).hexdigest()
    assert issued.destroy("x").exit_code == 1
    assert issued.path("private.age").exists()
    assert issued.destroy().exit_code == 0
    assert not issued.path("private.age").exists()
    assert decode_destroyed(issued.path("destroyed.json").read_bytes()) == Destroyed(UUID, digest)
    assert issued.destroy().exit_code == 1


def test_what_is_destroyed_was_overwritten_first(issued):
    other = issued.path("link.age")
    other.hardlink_to(issued.path("private.age"))
    size = other.stat().st_size
    assert issued.destroy().exit_code == 0
    assert other.read_bytes() == bytes(size)


@pytest.mark.parametrize("parts", [1, 2])
def test_a_large_estate_is_issued_in_seconds(desk, parts):
    desk.ask(3300, parts)
    people = desk.keygen("owner.key"), desk.keygen("community.key")
    start = time.process_time()
    assert desk.issue(*people).exit_code == 0
    assert time.process_time() - start < 3
    assert len(json.loads(desk.path("public.json").read_bytes())["credentials"]) == 3300


def test_a_letters_number_that_is_drawn_twice_is_drawn_anew(desk, monkeypatch):
    drawn = iter(["04HM-ASW9", "04HM-ASW9", "04HM-ASWA", "04HM-ASW9", "04HM-ASWB"])
    monkeypatch.setattr("vote.credential.command.generate_letter_number", lambda _: next(drawn))
    desk.ask(parts=2)
    assert desk.issue(desk.keygen("owner.key"), desk.keygen("community.key")).exit_code == 0
    listed = decode_public_list(desk.path("public.json").read_bytes())
    assert [line.letter_number for line in listed.lines] == ["04HM-ASW9", "04HM-ASWA", "04HM-ASWB"]
