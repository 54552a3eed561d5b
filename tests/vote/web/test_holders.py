"""Key-holders' and registrars' pages, and what they leave with the server."""

import httpx
import pytest

from crypto.trial import make_trial
from tests.vote.account.signing_in import anonymous, as_duty, leave, signed_in
from tests.vote.assembly import Assembly, People
from tests.vote.conftest import AREAS, ASKS
from tests.vote.platform import Platform, assert_refused
from vote.credential.letter import Letter, encode_letters
from vote.credential.sealed_letters import new_identity, seal_letters


@pytest.fixture
async def prepared(platform: Platform) -> Assembly:
    """An election that waits for keys and letters."""
    assembly = Assembly(platform, People(AREAS, ASKS))
    await assembly.import_roll()
    await assembly.prepare()
    return assembly


def sealed_letters() -> bytes:
    letter = Letter("DQB53CqA1UtMwz", 1, "guyDu-tFHGuC-TAL8y-VqJfpp", ("3幢2单元501室",), "张*", "04HM-ASW9")
    return seal_letters(encode_letters([letter]), [new_identity()[1] for _ in range(2)])


async def put(assembly: Assembly, data: bytes) -> httpx.Response:
    path = f"{assembly.api}/registrar/letters"
    return await assembly.platform.ask("PUT", path, key=assembly.people.registrar_key, content=data)


async def attempt(assembly: Assembly, trustee: int, place: int | None = None) -> httpx.Response:
    """Bring the trial of a trustee, at its own place or another."""
    document = await assembly.platform.get(f"{assembly.api}/trustees.json")
    secret = assembly.people.trustees[trustee].decryption_secret
    assert secret is not None
    trial = make_trial(assembly.uuid, document, trustee, secret, assembly.rng())
    place = place or trustee
    path = f"{assembly.api}/trustees/{place}/trial"
    return await assembly.platform.ask("POST", path, key=assembly.people.trustee_keys[place - 1], content=trial)


async def test_pages_are_for_those_whose_task_it_is(prepared: Assembly) -> None:
    holder, registrar = await as_duty(prepared, "trustee", 2), await as_duty(prepared, "registrar")
    staff = await signed_in(prepared.platform)
    own, card, letters = (f"/holders/{prepared.uuid}{rest}" for rest in ("", "/card", "/letters"))
    for path, who, words in (
        (own, holder, "您是第2位开箱人"),
        (card, holder, "社区乙"),
        (letters, registrar, "制信人"),
    ):
        page = await who.get(path)
        assert page.status_code == 200
        assert words in page.text
        assert (await anonymous(prepared.platform).get(path)).status_code == 303
        for other in {holder, registrar, staff} - {who}:
            assert (await other.get(path)).status_code == 403


@pytest.mark.parametrize("rest", ["", "/card", "/letters"])
async def test_pages_are_complete_in_english(prepared: Assembly, rest: str) -> None:
    who = await as_duty(prepared, "registrar" if rest == "/letters" else "trustee")
    page = await who.get(f"/holders/{prepared.uuid}{rest}?lang=en")
    assert page.status_code == 200
    assert '<html lang="en"' in page.text


async def test_the_page_says_where_the_election_stands(tallied: Assembly) -> None:
    holder = await as_duty(tallied, "trustee", 1)
    assert '"given": false' in (await holder.get(f"/holders/{tallied.uuid}")).text
    await leave()
    await tallied.contribute(1)
    holder = await as_duty(tallied, "trustee", 1)
    page = (await holder.get(f"/holders/{tallied.uuid}")).text
    assert '"given": true' in page
    assert '"state": "tallied"' in page


async def test_trials_count_and_enough_of_them_open(prepared: Assembly) -> None:
    await prepared.make_key()
    assert (await attempt(prepared, 1)).json() == {"trustees": [1], "opens": False}
    assert (await attempt(prepared, 1)).json() == {"trustees": [1], "opens": False}
    assert (await attempt(prepared, 3)).json() == {"trustees": [1, 3], "opens": True}
    assert prepared.platform.count("trustee_trial") == 2


async def test_a_trial_of_another_or_too_early_is_refused(prepared: Assembly) -> None:
    path, key = f"{prepared.api}/trustees/1/trial", prepared.people.trustee_keys[0]
    early = await prepared.platform.ask("POST", path, key=key, content=b"{}")
    assert_refused(early, 409, "wrong-state", "certificates")
    await prepared.make_key()
    assert_refused(await attempt(prepared, 2, place=1), 403, "not-allowed", "trustee 2's")
    wrong = await prepared.platform.ask("POST", path, key=key, content=b"{}")
    assert_refused(wrong, 400, "malformed", "field version is missing")


async def test_a_trial_after_sealing_is_refused(sealed: Assembly) -> None:
    assert_refused(await attempt(sealed, 1), 409, "wrong-state", "")


async def test_a_sealed_copy_is_replaced_until_the_public_list_comes(prepared: Assembly) -> None:
    first, second = sealed_letters(), sealed_letters()
    assert (await put(prepared, first)).status_code == 204
    assert (await put(prepared, second)).status_code == 204
    await prepared.issue_credentials()
    assert (await put(prepared, second)).status_code == 204
    assert_refused(await put(prepared, first), 409, "conflict", "not replaced")
    path = f"{prepared.api}/registrar/letters"
    assert await prepared.platform.get(path, key=prepared.people.registrar_key) == second
    refused = await prepared.platform.ask("DELETE", path, key=prepared.people.registrar_key)
    assert_refused(refused, 409, "wrong-state", "")


async def test_letters_in_clear_are_not_taken(prepared: Assembly) -> None:
    assert_refused(await put(prepared, b'{"credential":"x"}\n'), 400, "malformed", "not sealed")
    path = f"{prepared.api}/registrar/letters"
    none = await prepared.platform.ask("GET", path, key=prepared.people.registrar_key)
    assert_refused(none, 404, "not-found", "No sealed copy")
    for key in (prepared.people.trustee_keys[0], None):
        assert (await prepared.platform.ask("GET", path, key=key)).status_code in {401, 403}


async def test_a_copy_without_its_public_list_does_not_count_as_made(prepared: Assembly) -> None:
    """The page begins anew: those letters would open nothing."""
    await put(prepared, sealed_letters())
    registrar = await as_duty(prepared, "registrar")
    assert '"made": false' in (await registrar.get(f"/holders/{prepared.uuid}/letters")).text
    await leave()
    await prepared.issue_credentials()
    registrar = await as_duty(prepared, "registrar")
    assert '"made": true' in (await registrar.get(f"/holders/{prepared.uuid}/letters")).text
