"""An owner of the demonstration gets from letter to ballot with what the file carrier writes."""

import asyncio
import json

import pytest

from crypto.ballot import seal_ballot
from tests.vote.assembly import phone_of
from vote.credential.letter import Letter
from vote.demo.owner import Owner, Phones
from vote.message.carrier import FileCarrier

CHOICES = [[1, 0, 0], [1, 0, 0, 0]]


def letter_of(assembly, owner):
    people = assembly.people
    return Letter(assembly.uuid, owner, people.credentials[owner], ("3幢",), "张*", people.numbers.get(owner))


def owner_of(assembly, owner, phones):
    return Owner(assembly.platform.http, phones, f"+86{phone_of(owner)}")


async def test_an_owner_gets_from_letter_to_ballot(opened, tmp_path):
    file = tmp_path / "messages.jsonl"
    object.__setattr__(opened.platform.services["messages"], "carrier", FileCarrier(file))
    text = await opened.platform.get(f"{opened.pages}/agreement-text", key=None)
    election, phones = await opened.election(), Phones(file)
    keys = await asyncio.gather(
        *(
            owner_of(opened, owner, phones).make_key(letter_of(opened, owner), election.fingerprint, text)
            for owner in (1, 2, 3)
        )
    )
    for key in keys:
        ballot = seal_ballot(election, key, CHOICES, opened.rng())
        assert (await opened.send(ballot)).status_code == 201


async def test_a_refusal_says_what_was_refused(sealed, tmp_path):
    owner = owner_of(sealed, 1, Phones(tmp_path / "none"))
    strange = letter_of(sealed, 1)._replace(number="0000-0000")
    with pytest.raises(RuntimeError, match="codes: 404 没有这个编号"):
        await owner.make_key(strange, "", b"")
    with pytest.raises(RuntimeError, match="no number"):
        await owner.make_key(letter_of(sealed, 1)._replace(number=None), "", b"")


async def test_phones_are_read_on_where_they_had_grown_to(tmp_path, monkeypatch):
    file = tmp_path / "messages.jsonl"
    phones = Phones(file)
    assert phones.count("+8619900000001") == 0

    def write(number, kind, blanks, end="\n"):
        with file.open("a") as opened:
            opened.write(json.dumps({"number": number, "kind": kind, "blanks": blanks}) + end)

    write("+8619900000001", "code", {"code": "000001"})
    write("+8619900000001", "ballot-accepted", {"estate": "馨苑"})
    assert await phones.wait_for_code("+8619900000001", 0) == "000001"
    write("+8619900000001", "code", {"code": "000002"})
    write("+8619900000002", "code", {"code": "000003"}, end="")
    assert await phones.wait_for_code("+8619900000001", 1) == "000002"
    monkeypatch.setattr("vote.demo.owner.WAIT_SECONDS", 0)
    with pytest.raises(RuntimeError, match="no code came"):
        await phones.wait_for_code("+8619900000002", 0)
