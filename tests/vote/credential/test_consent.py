"""The agreement to vote electronically: signed with the voting key, kept, and asked for before a ballot is taken."""

import pytest

from crypto.agreement import (
    Agreement,
    decode_signed_agreement,
    encode_agreement,
    encode_signed_agreement,
    sign_agreement,
    verify_agreement,
)
from crypto.ballot import seal_ballot
from crypto.credential import public_credential
from crypto.encoding import hex_digest
from tests.vote.platform import CLOSES, assert_refused
from vote.credential.agreement_text import KNOWN, TEXT, TEXT_SHA256

CHOICES = [[1, 0, 0], [1, 0, 0, 0]]


async def send(assembly, document):
    return await assembly.platform.ask("POST", f"{assembly.api}/agreements", key=None, content=document)


async def signed(assembly, owner, **changes):
    """Return an agreement of an owner that differs from the right one in what is changed."""
    secret = changes.pop("secret", None) or assembly.secret(owner)
    right = Agreement(
        assembly.uuid, (await assembly.election()).fingerprint, public_credential(secret), hex_digest(TEXT.encode())
    )
    agreed = right._replace(**changes)
    return encode_signed_agreement(encode_agreement(agreed), sign_agreement(secret, agreed, assembly.rng()))


async def test_the_text_is_served_as_it_is_signed(sealed):
    answer = await sealed.platform.ask("GET", f"{sealed.pages}/agreement-text", key=None)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == TEXT
    assert hex_digest(answer.content) == TEXT_SHA256
    assert {TEXT_SHA256: TEXT} == KNOWN


async def test_an_agreement_is_kept_as_it_was_signed_and_once(sealed):
    await sealed.fetch_part(1)
    document = await sealed.agreement(1)
    assert (await send(sealed, document)).status_code == 201
    assert (await send(sealed, document)).status_code == 200
    assert (await send(sealed, await sealed.agreement(1))).status_code == 200
    (kept,) = await sealed.platform.services["consents"].all(sealed.uuid)
    assert kept == document
    verify_agreement(*decode_signed_agreement(kept))


async def test_whoever_has_agreed_is_not_asked_again(sealed):
    await sealed.agree(1)
    sealed.platform.clock.now = sealed.platform.clock.now.replace(hour=23)
    await sealed.send_code(1)
    code = sealed.platform.phones.code("+8619900000000")
    assert (await sealed.open_part(1, code)).json()["agreed"] is True


async def test_no_ballot_is_taken_before_the_owner_agreed(opened):
    await opened.fetch_part(1)
    ballot = seal_ballot(await opened.election(), opened.secret(1), CHOICES, opened.rng())
    assert_refused(await opened.send(ballot), 403, "not-allowed", "has not agreed")
    assert opened.platform.count("ballot") == opened.platform.count("ballot_intake") == 0
    await opened.agree(1)
    assert (await opened.send(ballot)).status_code == 201
    assert (await opened.send(ballot)).status_code == 200
    assert (await opened.send(await opened.ballot(1, CHOICES))).status_code == 201


async def test_an_election_of_one_part_asks_for_no_agreement(simple):
    answer = await simple.platform.ask("GET", f"{simple.pages}/agreement-text", key=None)
    assert_refused(answer, 404, "not-found", "one part")
    assert_refused(await send(simple, await signed(simple, 1)), 422, "not-supported", "投票码就够了")
    assert (await simple.send(await simple.ballot(1, CHOICES))).status_code == 201


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"election": "Ddp2RtfN1U8EFV"}, "another election"),
        ({"fingerprint": "x" * 42 + "A"}, "another election"),
        ({"text_sha256": "ab" * 32}, "another text"),
    ],
)
async def test_an_agreement_to_something_else_is_refused(sealed, changes, words):
    await sealed.fetch_part(1)
    assert_refused(await send(sealed, await signed(sealed, 1, **changes)), 400, "malformed", words)
    assert sealed.platform.count("agreement") == 0


async def test_a_changed_agreement_is_refused(sealed):
    await sealed.fetch_part(1)
    document = await sealed.agreement(1)
    for changed in (document.replace(b'"challenge":"', b'"challenge":"1'), b"{}", b"", document + b" "):
        assert (await send(sealed, changed)).status_code == 400
    assert sealed.platform.count("agreement") == 0


async def test_neither_part_of_a_key_agrees_alone(sealed):
    await sealed.fetch_part(1)
    for secret in (sealed.letter_secret(1), sealed.people.parts[1], 5):
        document = await signed(sealed, 1, secret=secret)
        assert_refused(await send(sealed, document), 403, "not-eligible", "不是这次表决的")
    assert sealed.platform.count("agreement") == 0


async def test_an_agreement_needs_the_code_for_the_letter_in_force(sealed):
    part = sealed.platform.services["second_factors"]
    letter = await part.letters.find(next(iter(await part.letters.digests(sealed.uuid))))
    sealed.people.parts[letter.number] = int.from_bytes(part._unseal(sealed.uuid, letter), "little")
    assert_refused(await send(sealed, await sealed.agreement(letter.number)), 403, "not-allowed", "获取验证码")


async def test_after_closing_nobody_agrees(opened):
    await opened.fetch_part(1)
    document = await opened.agreement(1)
    opened.at(CLOSES)
    assert_refused(await send(opened, document), 409, "polls-closed", "结束")
