"""Browsers that are signed in, for tests of pages: nobody has to touch a passkey.

    from tests.vote.account.signing_in import signed_in

    clerk = await signed_in(platform)                                   # staff of the whole installation
    clerk = await signed_in(platform, Scope(estate="xinyuan"))          # staff of one estate
    clerk = await signed_in(platform, await scope_of(platform, "community"))   # … of the community of ESTATE
    desk = await signed_in(platform, None, keys=[assembly.people.keys["desk"][0]])   # a duty, by its role key
    both = await signed_in(platform, Scope(estate="xinyuan"), keys=[key], name="社区甲")
    nobody = await signed_in(platform, None)                            # an account without any task
    page = await clerk.get("/today")
    answer = await clerk.post("/today", data={"field": "value"})        # 303, 4xx …

`as_duty(assembly, "desk")` signs in whoever has a duty in the assembly's election (`as_duty(assembly, "trustee", 2)` the
second of them). What is returned is an `httpx.AsyncClient` with the session's cookie. Like a browser on our own page it says
`Sec-Fetch-Site: same-origin`, so that forms are taken without their token; `anonymous(platform)` is the same without a
session. With a `Clock` in charge sessions live by that clock: two hours without a request end them; `again(platform, client)`
signs the same account in anew.
"""

from collections.abc import Sequence
from typing import Any

import httpx

from tests.vote.assembly import ESTATE, Assembly
from tests.vote.platform import URL, Platform
from vote.account.models import DutyHolder
from vote.account.people import PeopleService
from vote.account.sessions import SessionService
from vote.estate.models import Estate
from vote.role import Scope

EVERYWHERE = Scope()
OWN_PAGE = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html,application/json"}


def anonymous(platform: Platform, **headers: str) -> httpx.AsyncClient:
    """Return a browser in which nobody is signed in."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(platform.app), base_url=URL, headers={**OWN_PAGE, **headers})


async def signed_in(
    platform: Platform, scope: Scope | None = EVERYWHERE, *, keys: Sequence[str] = (), name: str = "社区甲"
) -> httpx.AsyncClient:
    """Return a browser of a new account.

    Args:
        platform: the application.
        scope: where the account is staff; None for nowhere.
        keys: role keys of the duties that it holds.
        name: who it is.
    """
    people: PeopleService = platform.services["accounts"]
    account = await people.add(name)
    if scope is not None:
        await people.grant(account, scope)
    for key in keys:
        await people.join(account, key)
    client = anonymous(platform)
    client.headers["X-Test-Account"] = str(account)
    await again(platform, client)
    return client


async def again(platform: Platform, client: httpx.AsyncClient) -> None:
    """Sign the account of a browser in once more."""
    sessions: SessionService = platform.services["sessions"]
    word = await sessions.begin(account_of(client), "passkey", "Mozilla/5.0 (Linux; Android 15) Chrome/156.0")
    client.cookies.clear()
    client.cookies.set("session", word, domain="vote.test", path="/")


def account_of(client: httpx.AsyncClient) -> int:
    """Return the number of the account of a browser."""
    return int(client.headers["X-Test-Account"])


async def as_duty(assembly: Assembly, role: str, number: int = 1, **person: Any) -> httpx.AsyncClient:
    """Return a browser of whoever has a duty in the assembly's election, the `number`th of them."""
    key = assembly.people.keys[role][number - 1]
    return await signed_in(assembly.platform, None, keys=[key], **person)


async def leave() -> None:
    """Free every place again: a key acts only while nobody signs in for it."""
    await DutyHolder.all().delete()


async def scope_of(platform: Platform, kind: str, estate: str = ESTATE) -> Scope:
    """Return the scope of an estate, or of its `community`, `sub-district` or `county`."""
    if kind == "estate":
        return Scope(estate=estate)
    division = (await Estate.get(id=estate).select_related("community__parent__parent")).community
    while division.kind != kind:
        division = division.parent
    return Scope(division=division.id)
