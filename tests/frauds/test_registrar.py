"""A registrar, or whoever opens a letter, votes with it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crypto.ballot import seal_ballot
from crypto.credential import generate_credential
from crypto.encoding import hex_digest
from tests.frauds.telephones import deliver, number_of, told
from tests.strategies import seeded
from tests.vote.assembly import ESTATE
from tests.vote.conftest import YES
from tests.vote.platform import assert_refused
from vote.credential.command import app
from vote.credential.letter import Letter, encode_letters
from vote.credential.rules import PublicList, encode_public_list
from vote.credential.sealed_letters import new_identity, seal_letters
from vote.credential.statement import Destroyed, Reissued, Why, encode_destroyed, encode_reissued
from vote.log.store import LogStore
from vote.message.rules import Kind

CHOICES = [YES, [1, 0, 0, 0]]
OWNER = 4
NEW = "ZZZZ-ZZZZ"


async def reissue(assembly, owner=OWNER):
    document = encode_reissued(Reissued(assembly.uuid, owner, NEW, Why.LOST))
    key = assembly.people.registrar_key
    return await assembly.platform.ask("POST", f"{assembly.api}/registrar/reissued", key=key, content=document)


async def test_the_letter_alone_is_no_voting_key(opened):
    ballot = seal_ballot(await opened.election(), opened.letter_secret(OWNER), CHOICES, opened.rng())
    assert_refused(await opened.send(ballot), 403, "not-eligible", "not on this election's list")


async def test_the_other_part_comes_for_a_code_that_goes_to_the_owners_telephone(opened):
    assert (await opened.send_code(OWNER)).status_code == 202
    assert told(opened, Kind.CODE) == [number_of(OWNER)]
    right = opened.platform.phones.code(number_of(OWNER))
    wrong = next(code for code in ("000000", "000001") if code != right)
    for _ in range(5):
        assert_refused(await opened.open_part(OWNER, wrong), 403, "not-allowed", "验证码")
    # After five guesses not even the right one opens it.
    assert (await opened.open_part(OWNER, right)).status_code == 403


async def test_a_registrars_key_edits_no_telephone(opened):
    body = {"entitlement": OWNER, "number": "13800138000", "how": "desk"}
    for path in ("changes", "confirmations"):
        answer = await opened.platform.ask(
            "POST", f"{opened.api}/phones/{path}", key=opened.people.registrar_key, json=body
        )
        assert_refused(answer, 403, "not-allowed", "key")


async def test_whoever_talks_an_owner_out_of_the_code_is_told_to_the_owner_on_every_ballot(opened):
    for _ in range(2):
        await opened.cast(OWNER, CHOICES)
    await deliver(opened)
    assert told(opened, Kind.BALLOT_ACCEPTED) == [number_of(OWNER)] * 2
    (text, _) = (m.text for _, m in opened.platform.phones.messages if m.kind is Kind.BALLOT_ACCEPTED)
    assert "不是您或您委托的人投的？请打社区座机" in text


async def test_one_registrar_alone_does_not_open_the_sealed_letters(tmp_path: Path):
    people = [new_identity() for _ in range(2)]
    letters = encode_letters([Letter("DQB53CqA1UtMwz", 1, generate_credential(seeded(1)), ("3幢1室",), "张*", NEW)])
    (tmp_path / "credentials.age").write_bytes(seal_letters(letters, [recipient for _, recipient in people]))
    for number, (secret, _) in enumerate(people):
        (tmp_path / f"{number}.key").write_text(secret)
    words = ["letters", "--private", str(tmp_path / "credentials.age"), "--out", str(tmp_path / "letters.jsonl")]
    for keys in ((0,), (1,), (0, 0)):
        given = [word for key in keys for word in ("--identity", str(tmp_path / f"{key}.key"))]
        result = CliRunner().invoke(app, [*words, *given])
        assert (result.exit_code, "Exactly two different keys" in result.stderr) == (1, True)
        assert not (tmp_path / "letters.jsonl").exists()
    both = [word for key in (1, 0) for word in ("--identity", str(tmp_path / f"{key}.key"))]
    assert CliRunner().invoke(app, [*words, *both]).exit_code == 0


async def test_a_letter_made_anew_is_logged_told_and_counted_in_public(opened):
    assert (await reissue(opened)).status_code == 200
    assert told(opened, Kind.LETTER_REISSUED) == [number_of(OWNER)]
    counts = json.loads(await opened.platform.get(f"{opened.api}/changes-count", key=None))
    assert counts["letters_reissued"] == 1
    assert json.loads((await LogStore().bodies(ESTATE))[-1])["kind"] == "letter:reissued"
    # The new number needs the owner's telephone as the old one did.
    opened.people.numbers[OWNER] = NEW
    assert (await opened.send_code(OWNER)).status_code == 202
    assert told(opened, Kind.CODE) == [number_of(OWNER)]


async def test_no_letter_is_made_anew_for_an_owner_who_has_voted(opened):
    await opened.cast(OWNER, CHOICES)
    assert_refused(await reissue(opened), 409, "conflict", "This owner has cast a ballot already")


async def test_another_list_of_credentials_is_not_taken_in_the_place_of_the_first(issued):
    issued.people.credentials[OWNER] = issued.people.credentials[1][::-1]
    listed = PublicList(issued.uuid, tuple(map(issued.public_line, sorted(issued.people.credentials))))
    key, path = issued.people.registrar_key, f"{issued.api}/registrar/credentials"
    answer = await issued.platform.ask("POST", path, key=key, content=encode_public_list(listed))
    assert_refused(answer, 409, "conflict", "Other credentials are kept for this election already")


async def test_a_line_without_the_proof_that_its_maker_knows_the_letters_part_is_refused(issued):
    """Whoever could choose a part without knowing it could cancel another one."""
    lines = [issued.public_line(owner) for owner in sorted(issued.people.credentials)]
    lines[0] = lines[0]._replace(proof=lines[1].proof)
    await issued.prepare()
    renamed = PublicList(issued.uuid, tuple(lines))
    key, path = issued.people.registrar_key, f"{issued.api}/registrar/credentials"
    answer = await issued.platform.ask("POST", path, key=key, content=encode_public_list(renamed))
    assert_refused(answer, 400, "malformed", "entitlement 1: the letter part")


@pytest.mark.parametrize("early", [True, False])
async def test_that_letters_are_destroyed_is_said_in_public_and_only_when_all_is_over(preliminary, early):
    if not early:
        await preliminary.organise("annul", reason="procedure-broken")
    word, key = encode_destroyed(Destroyed(preliminary.uuid, hex_digest(b"letters"))), preliminary.people.registrar_key
    path = f"{preliminary.api}/registrar/destroyed"
    answer = await preliminary.platform.ask("POST", path, key=key, content=word)
    assert answer.status_code == (409 if early else 204)
    steps = json.loads(await preliminary.platform.get(f"{preliminary.pages}/retention.json", key=None))["steps"]
    assert [step["what"] for step in steps] == ([] if early else ["letters"])
