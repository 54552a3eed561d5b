"""A key that was handed out acts until its holder signs in for the place, and never afterwards."""

from tests.vote.account.signing_in import as_duty
from tests.vote.assembly import Assembly
from tests.vote.platform import assert_refused
from vote.role import Role


async def test_a_key_acts_no_more_once_its_holder_signs_in(opened: Assembly) -> None:
    """Whoever drew the election up has seen every key, and would be both persons where two are asked for."""
    path, key = f"{opened.api}/phones/changes", opened.people.keys["phones"][0]
    assert (await opened.platform.ask("GET", path, key=key)).status_code == 200
    holder = await as_duty(opened, "phones")
    assert_refused(await opened.platform.ask("GET", path, key=key), 403, "not-allowed", "does not open that")
    assert (await holder.get(path)).status_code == 200
    other = opened.people.keys["phones"][1]
    assert (await opened.platform.ask("GET", path, key=other)).status_code == 200


async def test_a_replaced_key_frees_the_place(opened: Assembly) -> None:
    path = f"{opened.api}/phones/changes"
    holder = await as_duty(opened, "phones")
    new = await opened.platform.services["authority"].replace_key(opened.uuid, Role.PHONES)
    assert (await holder.get(path)).status_code == 403
    assert (await opened.platform.ask("GET", path, key=new)).status_code == 200
