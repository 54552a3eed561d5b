"""From a preliminary result to a certificate: objections, the composed certificate, three signatures, what follows."""

import asyncio
import base64
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from crypto.encoding import hex_digest
from tests.vote.assembly import Assembly
from tests.vote.certificate.keys import secrets_of
from tests.vote.platform import CHECKS, STAFF, assert_refused
from vote.certificate.content import certificate_digest, decode_certificate
from vote.certificate.pades import PDFKey, sign_sheet, verify_signed_sheet
from vote.certificate.signed import (
    decode_signed,
    encode_office_signature,
    sign_certificate,
    verify_certificate_signatures,
)
from vote.election.manifest import decode_manifest
from vote.election.terms import OFFICES

DONE = CHECKS + timedelta(days=8)
"""The seven days for objections are over."""


async def raise_objection(assembly: Assembly, owner: int, topic: str = "计票", **more: object) -> httpx.Response:
    body = {"raised_by": owner, "topic": topic, "text": "请再核对一遍。", **more}
    key = assembly.people.keys["desk"][0]
    return await assembly.platform.ask("POST", f"{assembly.api}/objections", key=key, json=body)


async def organise(assembly: Assembly, path: str, **body: object) -> httpx.Response:
    key = assembly.people.keys["organiser"][0]
    return await assembly.platform.ask("POST", f"{assembly.api}/{path}", key=key, json=body)


async def answer(assembly: Assembly, number: int, outcome: str = "answered", **more: object) -> httpx.Response:
    return await organise(assembly, f"objections/{number}/answer", outcome=outcome, answer="已核对。", **more)


async def compose(assembly: Assembly, **body: object) -> httpx.Response:
    return await organise(assembly, "certificate", **body)


async def sign(assembly: Assembly, office: str, **changes: object) -> httpx.Response:
    """Sign what waits as an office does, at its own place."""
    draft = decode_certificate(await published(assembly, "certificate-draft.json"))
    pdf, own = await published(assembly, "certificate-draft.pdf"), secrets_of(office)
    signature = encode_office_signature(sign_certificate(own.signing, office, draft))
    # The PDF library runs a loop of its own.
    x509 = PDFKey(own.x509, own.x509_key)
    signed = await asyncio.to_thread(sign_sheet, pdf, draft, office, x509, draft.issued_at)
    body = {"signature": json.loads(signature), "pdf": base64.b64encode(signed).decode(), **changes}
    key = assembly.people.keys[office][0]
    return await assembly.platform.ask("POST", f"{assembly.api}/certificate/{office}", key=key, json=body)


async def published(assembly: Assembly, name: str) -> bytes:
    return await assembly.platform.get(f"{assembly.pages}/{name}", key=None)


async def issue(assembly: Assembly) -> None:
    for office in OFFICES:
        answered = await sign(assembly, office)
        assert answered.status_code == 201, answered.text
        assert answered.json() == {"issued": office == OFFICES[-1]}


@pytest.fixture
async def certified(preliminary: Assembly) -> Assembly:
    preliminary.at(DONE)
    assert (await compose(preliminary)).status_code == 201
    await issue(preliminary)
    return preliminary


async def test_a_certificate_says_what_was_counted_and_all_three_sign_it(certified: Assembly):
    manifest = decode_manifest(await published(certified, "manifest.json"))
    signed = decode_signed(await published(certified, "certificate.json"))
    verify_certificate_signatures(signed, manifest.offices)
    pdf = await published(certified, "certificate.pdf")
    await asyncio.to_thread(verify_signed_sheet, pdf, signed.certificate, manifest.offices)
    found = signed.certificate
    assert (found.kind, found.number, found.replaces) == ("certificate", 1, None)
    assert (found.electorate.heads, found.electorate.area_dm2) == (5, 64000)
    assert (found.cast.heads, found.cast.area_dm2, found.cast.area_permyriad) == (4, 56000, 8750)
    assert found.evidence.archive_sha256 == hex_digest(await certified.archive())
    assert found.evidence.result_sha256 == hex_digest(await published(certified, "result.json"))
    assert found.trustees.opened == (1, 3)
    channel = found.channels[0]
    assert (channel.returned, channel.superseded, channel.set_aside, channel.counted) == (5, 1, 0, 4)
    assert found.records.phone_changes == found.records.reissued_letters == 0
    assert found.times.objections_until == datetime(2027, 1, 10, 16, tzinfo=UTC)
    assert await certified.state() == "certified"


async def test_objections_are_merged_answered_and_stand_in_the_certificate(preliminary: Assembly):
    assert (await raise_objection(preliminary, 1)).json() == {"objection": 1}
    for owner, topic in ((2, "计票"), (5, "冒名")):
        await raise_objection(preliminary, owner, topic)
    assert (await organise(preliminary, "objections/2/merge", into=1)).status_code == 204
    assert (await answer(preliminary, 1)).status_code == 204
    preliminary.at(DONE)
    assert_refused(await compose(preliminary), 409, "wrong-state", "the first is number 3")
    assert (await answer(preliminary, 3, "upheld", contested=True)).status_code == 204
    public = json.loads(await published(preliminary, "objections.json"))["objections"]
    assert [(each["topic"], each["raised"], each["outcome"]) for each in public] == [
        ("计票", 2, "answered"),
        ("冒名", 1, "upheld"),
    ]
    assert (await compose(preliminary)).status_code == 201
    found = decode_certificate(await published(preliminary, "certificate-draft.json"))
    assert [(each.topic, each.raised, each.outcome) for each in found.objections] == [
        ("计票", 2, "answered"),
        ("冒名", 1, "upheld"),
    ]
    # Owner 5 took part with 200 m2, so one head and 200 m2 are in doubt; without them 3 of 5 heads are no quorum.
    assert (found.contested.heads, found.contested.area_dm2) == (1, 20000)
    assert [question.stands for question in found.questions] == [False, False]


async def test_an_objection_is_about_this_election_and_in_time(preliminary: Assembly):
    for owner in (0, 6):
        assert_refused(await raise_objection(preliminary, owner), 403, "not-eligible", "on this election's roll")
    assert_refused(await raise_objection(preliminary, 1, question=3), 400, "malformed", "2 questions")
    preliminary.at(datetime(2027, 1, 10, 16, tzinfo=UTC))
    assert_refused(await raise_objection(preliminary, 1), 409, "wrong-state", "until 2027-01-10 16:00 UTC")
    assert preliminary.platform.count("objection") == 0


async def test_before_there_is_a_result_nothing_is_objected_and_nothing_composed(tallied: Assembly):
    assert_refused(await raise_objection(tallied, 1), 409, "wrong-state", "preliminary")
    assert_refused(await compose(tallied), 409, "wrong-state", "preliminary")
    for name in ("certificate.json", "certificate.pdf", "certificate-draft.json", "certificates/1.json"):
        answered = await tallied.platform.ask("GET", f"{tallied.pages}/{name}", key=None)
        assert_refused(answered, 404, "not-found", "certificate")


async def test_a_merged_objection_is_not_answered_apart_and_not_merged_again(preliminary: Assembly):
    for owner in (1, 2, 3):
        await raise_objection(preliminary, owner)
    await organise(preliminary, "objections/2/merge", into=1)
    assert_refused(await answer(preliminary, 2), 409, "conflict", "ended already")
    assert_refused(await organise(preliminary, "objections/1/merge", into=3), 409, "conflict", "Others are part")
    assert_refused(await organise(preliminary, "objections/9/merge", into=3), 404, "not-found", "of this number")
    assert_refused(await answer(preliminary, 0), 404, "not-found", "of this number")


async def test_what_was_said_is_sealed_and_read_by_the_organiser_alone(preliminary: Assembly):
    await raise_objection(preliminary, 1)
    path = f"{preliminary.api}/objections/1"
    shown = await preliminary.platform.get(path, key=preliminary.people.keys["organiser"][0])
    assert json.loads(shown) == {"text": "请再核对一遍。"}
    assert_refused(await preliminary.platform.ask("GET", path, key=STAFF), 403, "not-allowed", "key")
    assert "请再核对一遍" not in repr(preliminary.platform.contents())


async def test_the_certificate_waits_for_the_last_day_of_objections(preliminary: Assembly):
    preliminary.at(datetime(2027, 1, 10, 15, 59, tzinfo=UTC))
    assert_refused(await compose(preliminary), 409, "wrong-state", "objections is not over")
    assert preliminary.platform.count("certificate") == 0


async def test_one_that_nobody_signed_is_composed_anew_and_then_no_more(preliminary: Assembly):
    preliminary.at(DONE)
    first = (await compose(preliminary)).content
    preliminary.at(DONE + timedelta(hours=1))
    second = (await compose(preliminary)).content
    assert first != second
    assert await published(preliminary, "certificate-draft.json") == second
    assert_refused(await raise_objection(preliminary, 1), 409, "wrong-state", "composed")
    assert (await sign(preliminary, "organiser")).status_code == 201
    assert_refused(await compose(preliminary), 409, "conflict", "signed this certificate already")


async def test_the_offices_sign_in_their_order_and_once(preliminary: Assembly):
    preliminary.at(DONE)
    await compose(preliminary)
    draft = decode_certificate(await published(preliminary, "certificate-draft.json"))
    own = secrets_of("community")
    signature = json.loads(encode_office_signature(sign_certificate(own.signing, "community", draft)))
    body = {
        "signature": signature,
        "pdf": base64.b64encode(await published(preliminary, "certificate-draft.pdf")).decode(),
    }
    path, key = f"{preliminary.api}/certificate/community", preliminary.people.keys["community"][0]
    answered = await preliminary.platform.ask("POST", path, key=key, json=body)
    assert_refused(answered, 409, "wrong-state", "the turn of organiser")
    assert (await sign(preliminary, "organiser")).status_code == 201
    answered = await preliminary.platform.ask("POST", path, key=key, json=body)
    assert_refused(answered, 400, "malformed", "signatures so far")
    assert preliminary.platform.count("certificate_signature") == 1


async def test_a_wrong_signature_is_refused_and_nothing_is_kept(preliminary: Assembly):
    preliminary.at(DONE)
    await compose(preliminary)
    draft = decode_certificate(await published(preliminary, "certificate-draft.json"))
    other = json.loads(encode_office_signature(sign_certificate(secrets_of("community").signing, "organiser", draft)))
    theirs = json.loads(encode_office_signature(sign_certificate(secrets_of("community").signing, "community", draft)))
    for changes, status, reason, words in (
        ({"signature": other}, 400, "malformed", "the key is not the one in the sealed manifest"),
        ({"signature": theirs}, 409, "conflict", "another office's signature"),
        ({"pdf": "*"}, 400, "malformed", "must be Base64"),
        ({"pdf": base64.b64encode(b"%PDF-1.7 nothing").decode()}, 400, "malformed", "certificate, PDF"),
    ):
        assert_refused(await sign(preliminary, "organiser", **changes), status, reason, words)
    assert preliminary.platform.count("certificate_signature") == 0
    assert await preliminary.state() == "preliminary"


async def test_corrections_and_a_revocation_are_new_certificates(certified: Assembly):
    first = decode_signed(await published(certified, "certificate.json")).certificate
    assert_refused(await compose(certified), 409, "wrong-state", "certified")
    assert_refused(await compose(certified, kind="apology"), 400, "malformed", "certificate, correction or revocation")
    assert_refused(await compose(certified, kind="correction"), 400, "malformed", "give its reason")
    for number, kind in ((2, "correction"), (3, "revocation")):
        assert (await compose(certified, kind=kind, reason="社区名称有误。")).status_code == 201
        await issue(certified)
        found = decode_signed(await published(certified, "certificate.json")).certificate
        assert (found.kind, found.number, found.replaces) == (kind, number, certificate_digest(first))
        first = found
    assert_refused(
        await compose(certified, kind="correction", reason="又改。"), 409, "conflict", "nothing follows a revocation"
    )
    kinds = [
        decode_signed(await published(certified, f"certificates/{number}.json")).certificate.kind
        for number in (1, 2, 3)
    ]
    assert kinds == ["certificate", "correction", "revocation"]
    assert (await published(certified, "certificates/2.pdf")).startswith(b"%PDF")
    entries = repr(certified.platform.contents()["log_pending_entry"])
    assert entries.count('"kind":"certificate:issued"') == 3


async def test_withdrawn_candidates_and_corrections_stand_in_result_and_certificate(voted: Assembly):
    assert (await organise(voted, "withdraw", question=1, choice=0)).status_code == 204
    assert (await organise(voted, "correct", heads=1, area_dm2=1000)).status_code == 204
    await voted.close()
    await voted.check()
    await voted.sum()
    await voted.open_totals()
    result = json.loads(await published(voted, "result.json"))
    assert result["electorate"] == {"heads": 6, "area_dm2": 65000}
    assert result["questions"][1]["choices"][0]["withdrawn"] is True
    assert result["questions"][1]["choices"][0]["outcome"] == "not-elected"
    voted.at(DONE + timedelta(days=1))
    assert (await compose(voted)).status_code == 201
    found = decode_certificate(await published(voted, "certificate-draft.json"))
    assert (found.electorate.heads, found.electorate.area_dm2) == (6, 65000)
    assert [(each.kind, each.candidate) for each in found.changes] == [("withdrawal", "甲"), ("correction", None)]
    assert (found.contested.heads, found.contested.area_dm2) == (1, 1000)


async def test_an_office_whose_key_is_in_the_browser_gets_what_it_signs(preliminary: Assembly) -> None:
    preliminary.at(DONE)
    await compose(preliminary)
    own, key = secrets_of("organiser"), preliminary.people.keys["organiser"][0]
    path = f"{preliminary.api}/certificate/organiser/prepared"
    answer = (await preliminary.platform.ask("GET", path, key=key)).json()
    rsa = load_der_private_key(own.x509_key, password=None)
    assert isinstance(rsa, RSAPrivateKey)
    signature = rsa.sign(base64.b64decode(answer["attributes"]), PKCS1v15(), SHA256()).hex().upper().encode()
    pdf, place = base64.b64decode(answer["pdf"]), answer["place"]
    filled = pdf[:place] + signature + pdf[place + len(signature) :]
    signed = await sign(preliminary, "organiser", pdf=base64.b64encode(filled).decode())
    assert signed.status_code == 201, signed.text
    assert_refused(await preliminary.platform.ask("GET", path, key=key), 409, "conflict", "has signed already")
    later = preliminary.people.keys["sub_district"][0]
    path = f"{preliminary.api}/certificate/sub_district/prepared"
    assert_refused(await preliminary.platform.ask("GET", path, key=later), 409, "wrong-state", "turn of community")
