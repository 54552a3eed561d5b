"""Offices bring their public keys over HTTP, and the manifest holds them, and how far duties lie in different hands."""

import pytest

from crypto.encoding import hex_digest
from tests.vote.assembly import DUTIES, Assembly
from tests.vote.certificate.keys import secrets_of
from tests.vote.platform import assert_refused
from vote.election.manifest import Manifest, decode_manifest
from vote.election.office import Office, encode_office
from vote.election.terms import OfficeKeys


async def manifest_of(assembly: Assembly) -> Manifest:
    return decode_manifest(await assembly.platform.get(f"{assembly.pages}/manifest.json", key=None))


def office(name: str, signing: str = "cd" * 32) -> bytes:
    x509 = f"another certificate of {name}".encode()
    hpke = "0f" * 32 if name == "community" else None
    return encode_office(Office(name, "某某", OfficeKeys(signing, hex_digest(x509), hpke), x509))


async def test_the_keys_that_an_office_brought_last_are_sealed(assembly: Assembly) -> None:
    await assembly.prepare()
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    answer = await assembly.platform.ask("POST", f"{assembly.api}/offices", content=office("community", "aa" * 32))
    assert (answer.status_code, answer.content) == (204, b"")
    await assembly.seal()
    offices = (await manifest_of(assembly)).offices
    assert (offices["community"].signing, offices["community"].hpke) == ("aa" * 32, "0f" * 32)
    assert offices["organiser"] == secrets_of("organiser").public.keys
    assert assembly.platform.count("election_office") == 3


@pytest.mark.parametrize("missing", ["organiser", "community", "sub_district"])
async def test_without_one_offices_keys_nothing_is_sealed(assembly: Assembly, missing: str) -> None:
    await assembly.prepare()
    await assembly.make_key()
    await assembly.issue_credentials()
    for name in {"organiser", "community", "sub_district"} - {missing}:
        await assembly.platform.post(f"{assembly.api}/offices", content=office(name))
    answer = await assembly.platform.ask("POST", f"{assembly.api}/seal")
    assert_refused(answer, 409, "wrong-state", f"The public keys of {missing} are not here")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the office's keys"),
        (b"{}", "version is missing"),
        (office("community") + b" ", "canonical spelling"),
        (office("community").replace(b'"community"', b'"county"'), "one of organiser"),
        (office("community").replace(b'"x509":"', '"x509":"社'.encode()), "Base64"),
    ],
)
async def test_what_is_no_offices_document_is_refused(assembly: Assembly, data: bytes, words: str) -> None:
    await assembly.prepare()
    before = assembly.platform.contents()
    answer = await assembly.platform.ask("POST", f"{assembly.api}/offices", content=data)
    assert_refused(answer, 400, "malformed", words)
    assert assembly.platform.contents() == before


async def test_after_sealing_no_office_brings_other_keys(sealed: Assembly) -> None:
    answer = await sealed.platform.ask("POST", f"{sealed.api}/offices", content=office("community"))
    assert_refused(answer, 409, "wrong-state", "only while it is draft")
    answer = await sealed.platform.ask("POST", "/api/elections/DQB53CqA1UtMwz/offices", content=office("community"))
    assert_refused(answer, 404, "not-found", "no election of this number")


async def test_where_staff_is_too_few_the_manifest_says_so(assembly: Assembly) -> None:
    """One clerk at the desk who certifies as well; neither trustee nor registrar is short."""
    duties = [{**each, "person": "社区书记"} if each["role"] == "desk" else each for each in DUTIES]
    await assembly.prepare(duties=duties, too_few_staff=True)
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    separation = (await manifest_of(assembly)).separation
    assert (separation.kept, separation.overlaps) == (False, (("community", "desk"),))
    assert (separation.offices, separation.owner_trustee) == ((), True)
