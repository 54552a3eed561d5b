"""A letter made anew: same credential, new number, fresh factor; the old number is refused."""

import json
from datetime import timedelta

import pytest

from crypto.ballot import seal_ballot
from tests.vote.assembly import ESTATE, phone_of
from tests.vote.platform import CLOSES, assert_refused
from vote.credential.statement import Reissued, Why, encode_reissued
from vote.log.store import LogStore
from vote.message.rules import Kind

CHOICES = [[1, 0, 0], [1, 0, 0, 0]]
NEW, NEWER = "ZZZZ-ZZZZ", "ZZZZ-ZZZY"
NUMBER = f"+86{phone_of(1)}"


async def reissue(assembly, number=NEW, why=Why.LOST, owner=1, **said):
    document = encode_reissued(Reissued(assembly.uuid, owner, number, why)._replace(**said))
    key = assembly.people.registrar_key
    return await assembly.platform.ask("POST", f"{assembly.api}/registrar/reissued", key=key, content=document)


async def counts(assembly):
    return json.loads(await assembly.platform.get(f"{assembly.api}/changes-count", key=None))


def kinds(assembly):
    return [(number, message.kind) for number, message in assembly.platform.phones.messages]


async def test_the_new_number_opens_the_same_key_and_the_old_one_nothing(opened):
    old = opened.people.numbers[1]
    answer = await reissue(opened)
    assert (answer.status_code, answer.json()) == (200, {"count": 1, "released": False})
    assert_refused(await opened.send_code(1), 404, "not-found", "这封信已经作废")
    opened.people.numbers[1] = NEW
    await opened.cast(1, CHOICES)
    assert old != NEW
    assert kinds(opened) == [(NUMBER, Kind.LETTER_REISSUED), (NUMBER, Kind.CODE)]
    assert json.loads((await LogStore().bodies(ESTATE))[-1]) == {
        "version": 1, "kind": "letter:reissued", "election": opened.uuid, "count": 1,
    }  # fmt: skip


async def test_a_code_sent_for_the_old_letter_dies_with_it(opened):
    await opened.send_code(1)
    code = opened.platform.phones.code(NUMBER)
    await reissue(opened)
    assert_refused(await opened.open_part(1, code), 404, "not-found", "这封信已经作废")
    opened.people.numbers[1] = NEW
    assert_refused(await opened.open_part(1, code), 403, "not-allowed", "获取验证码")


async def test_the_same_statement_again_does_no_harm_and_a_used_number_never_comes_back(opened):
    for _ in range(2):
        assert (await reissue(opened)).json()["count"] == 1
    assert (await reissue(opened, NEWER)).json()["count"] == 2
    for number, owner in ((NEW, 1), (NEWER, 2), (opened.people.numbers[3], 1)):
        assert_refused(await reissue(opened, number, owner=owner), 409, "conflict", "in force before")
    assert (await counts(opened))["letters_reissued"] == 2


async def test_whoever_has_the_whole_key_needs_a_fresh_code_and_agreement_under_the_new_letter(opened):
    """The former owner of a sold flat, who fetched the part and agreed, and then kept key and old phone."""
    await opened.agree(1)
    ballot = seal_ballot(await opened.election(), opened.secret(1), CHOICES, opened.rng())
    agreement = await opened.agreement(1)
    assert (await reissue(opened, why=Why.SALE)).json() == {"count": 1, "released": True}
    assert_refused(await opened.send(ballot), 403, "not-allowed", "has not agreed")
    answer = await opened.platform.ask("POST", f"{opened.api}/agreements", key=None, content=agreement)
    assert_refused(answer, 403, "not-allowed", "获取验证码")
    opened.people.numbers[1] = NEW
    opened.platform.clock.now += timedelta(seconds=60)
    assert_refused(await opened.send_code(1), 403, "not-allowed", "清册上没有您的手机号")


async def test_after_a_sale_the_new_owner_brings_a_phone_by_two_editors_and_votes(opened):
    await reissue(opened, why=Why.SALE)
    assert kinds(opened) == [(NUMBER, Kind.LETTER_REISSUED), (NUMBER, Kind.PHONE_CHANGED)]
    first, second = opened.people.keys["phones"]
    body = {"entitlement": 1, "number": "13800138000", "how": "desk"}
    changes = f"{opened.api}/phones/changes"
    change = (await opened.platform.post(changes, key=first, json=body))["change"]
    await opened.platform.post(f"{changes}/{change}/accept", key=second)
    opened.people.numbers[1] = NEW
    await opened.fetch_part(1, phone="+8613800138000")
    await opened.cast(1, CHOICES)
    found = await counts(opened)
    assert (found["phones_changed"], found["letters_reissued"]) == (1, 1)


async def test_once_the_owner_has_cast_no_letter_is_made_anew(opened):
    await opened.cast(1, CHOICES)
    assert_refused(await reissue(opened), 409, "conflict", "has cast a ballot already")
    assert (await reissue(opened, owner=2)).status_code == 200


@pytest.mark.parametrize(
    ("said", "status", "reason", "words"),
    [
        ({"election": "Ddp2RtfN1U8EFV"}, 400, "malformed", "another election"),
        ({"entitlement": 6}, 404, "not-found", "no entitlement 6"),
    ],
)
async def test_a_statement_that_does_not_do_is_refused(sealed, said, status, reason, words):
    assert_refused(await reissue(sealed, **said), status, reason, words)
    assert (await counts(sealed))["letters_reissued"] == 0


async def test_only_registrars_make_letters_anew_and_only_until_closing(opened):
    document = encode_reissued(Reissued(opened.uuid, 1, NEW, Why.LOST))
    path = f"{opened.api}/registrar/reissued"
    for role in ("desk", "phones", "community"):
        key = opened.people.keys[role][0]
        assert (await opened.platform.ask("POST", path, key=key, content=document)).status_code == 403
    key = opened.people.registrar_key
    assert (await opened.platform.ask("POST", path, key=key, content=b"{}")).status_code == 400
    opened.at(CLOSES)
    assert_refused(await reissue(opened), 409, "polls-closed", "结束")


async def test_an_owner_without_a_phone_gets_a_new_letter_and_no_message(sealed):
    await reissue(sealed, why=Why.SALE)
    sealed.platform.phones.messages.clear()
    assert (await reissue(sealed, NEWER, why=Why.SALE)).status_code == 200
    assert sealed.platform.phones.messages == []


async def test_the_counts_say_how_far_phones_are_confirmed_and_by_whom_supplied(sealed):
    assert await counts(sealed) == {
        "phones_changed": 0,
        "letters_reissued": 0,
        "phones": {
            "supplied": {"roll": 5, "delivery_receipt": 0, "desk": 0, "wish_form": 0, "owner": 0},
            "confirmed": {"delivery_receipt": 0, "desk": 5, "wish_form": 0},
            "unconfirmed": 0,
            "shared": 0,
        },
    }


async def test_a_draft_is_counted_for_nobody(sealed):
    await sealed.prepare()
    answer = await sealed.platform.ask("GET", f"{sealed.api}/changes-count", key=None)
    assert_refused(answer, 404, "not-found", "no election")
