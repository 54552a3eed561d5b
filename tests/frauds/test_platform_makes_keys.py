"""Whoever runs the platform seals keys of its own making, or other weights, before anybody votes."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crypto.ballot import seal_ballot
from crypto.credential import public_credential
from crypto.credential_part import Side, combine_public, combine_secret, prove_part
from crypto.group import encode_point, multiply_base, subtract
from crypto.proof import encode_proof
from tests.frauds.auditor import REJECTED, VERIFIED, fetch, rejected, verified
from tests.frauds.burglar import breaking_in
from tests.vote.assembly import Assembly, phone_of
from tests.vote.conftest import YES
from tests.vote.platform import assert_refused
from vote.credential.command import app
from vote.credential.rules import PublicList, encode_public_list
from vote.verifier.report import Step

OWNER = 4
"""Who is not expected to vote."""


@pytest.fixture
async def request_file(issued: Assembly, tmp_path: Path) -> Path:
    """What the registrars kept: request and public list."""
    key = issued.people.registrar_key
    (tmp_path / "request.json").write_bytes(await issued.platform.get(f"{issued.api}/registrar/request", key=key))
    listed = PublicList(issued.uuid, tuple(map(issued.public_line, sorted(issued.people.credentials))))
    (tmp_path / "public.json").write_bytes(encode_public_list(listed))
    return tmp_path / "request.json"


def check(request_file: Path, published: Path) -> Result:
    """Run `vote registrar check` over what the registrars kept and what is published."""
    (archive,) = published.glob("*.bel")
    words = ["check", "--request", request_file, "--public", request_file.with_name("public.json")]
    return CliRunner().invoke(
        app, [str(word) for word in (*words, "--archive", archive, "--parts", published / "parts.json")]
    )


def put_key(issued: Assembly, owner: int, **columns: object) -> None:
    """Write over the credential of an owner."""
    with breaking_in(issued) as database:
        for name, value in columns.items():
            database.execute(
                f"UPDATE credential SET {name} = ? WHERE entitlement_id = (SELECT id FROM entitlement WHERE number = ?)",
                [value, owner],
            )


async def test_what_was_made_by_the_registrars_is_found_to_be_theirs(issued, request_file, tmp_path):
    await issued.seal()
    result = check(request_file, await fetch(issued, tmp_path / "published"))
    assert result.exit_code == VERIFIED, result.output
    assert "封定的 5 份投票码都是各位制信人做的" in result.stdout
    assert (await issued.election()).fingerprint in result.stdout


async def test_a_key_in_the_place_of_a_letters_is_found_by_the_registrars(issued, request_file, tmp_path):
    """Both parts are the operator's own, and every published proof holds: only who made the letters can tell."""
    own, rng = (1111, 2222), issued.rng()
    letter, platform = (prove_part(issued.uuid, side, secret, rng) for side, secret in zip(Side, own, strict=True))
    put_key(
        issued, OWNER, public=combine_public(letter.public, platform.public),
        letter_public=letter.public, letter_proof=json.dumps(encode_proof(letter.proof)),
        platform_public=platform.public, platform_proof=json.dumps(encode_proof(platform.proof)),
    )  # fmt: skip
    await issued.seal()
    published = await fetch(issued, tmp_path / "published")
    assert "verified" in verified(published)
    credentials = (await issued.read_archive()).setup.credentials
    assert public_credential(combine_secret(*own)).encode() in credentials
    result = check(request_file, published)
    assert result.exit_code == REJECTED
    assert "entitlement 4: another key was sealed than the one in its letter" in result.stderr


async def test_a_part_chosen_to_cancel_the_letters_has_no_proof(issued, request_file, tmp_path):
    whole = multiply_base(3333)
    letter = multiply_base(issued.letter_secret(OWNER))
    cancelling = encode_point(subtract(whole, letter))
    proof = prove_part(issued.uuid, Side.PLATFORM, 3333, issued.rng()).proof
    put_key(
        issued, OWNER, public=encode_point(whole), platform_public=cancelling,
        platform_proof=json.dumps(encode_proof(proof)),
    )  # fmt: skip
    await issued.seal()
    published = await fetch(issued, tmp_path / "published")
    assert "the platform part" in rejected(published, Step.CREDENTIAL_PARTS)
    result = check(request_file, published)
    assert result.exit_code == REJECTED
    assert "the platform part" in result.stderr


async def test_exchanged_areas_are_found_by_the_registrars(issued, request_file, tmp_path):
    """The electorate stays what it was, so the published numbers agree."""
    with breaking_in(issued) as database:
        weights = database.execute(
            "SELECT c.id, c.weight FROM credential c JOIN entitlement e ON e.id = c.entitlement_id "
            "WHERE e.number IN (4, 5) ORDER BY e.number"
        )
        for (row, _), (_, weight) in zip(weights, reversed(weights), strict=True):
            database.execute("UPDATE credential SET weight = ? WHERE id = ?", [weight, row])
    await issued.seal()
    published = await fetch(issued, tmp_path / "published")
    assert "verified" in verified(published)
    result = check(request_file, published)
    assert result.exit_code == REJECTED
    assert "entitlement 4: its credential weighs 200001, and 80001 by the request" in result.stderr


async def test_a_letter_does_not_fit_a_key_that_is_not_its_own(issued):
    """The owner notices too, but only when voting."""
    letter, platform = (prove_part(issued.uuid, side, 5, issued.rng()) for side in Side)
    put_key(issued, OWNER, public=combine_public(letter.public, platform.public), letter_public=letter.public)
    await issued.seal()
    await issued.open()
    assert (await issued.send_code(OWNER)).status_code == 202
    answer = await issued.open_part(OWNER, issued.platform.phones.code(f"+86{phone_of(OWNER)}"))
    whole = combine_secret(issued.letter_secret(OWNER), int(answer.json()["part"]))
    assert public_credential(whole) != answer.json()["credential"]
    ballot = seal_ballot(await issued.election(), whole, [YES, [1, 0, 0, 0]], issued.rng())
    assert_refused(await issued.send(ballot), 403, "not-eligible", "not on this election's list")
