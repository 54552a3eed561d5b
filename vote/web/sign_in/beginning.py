"""What happens whenever somebody signs in, by whatever page: a new session, and the way on."""

from starlette.requests import Request
from starlette.responses import Response

from vote.account.allowances import AllowanceService, Tried
from vote.account.events import EventKind, EventService
from vote.account.sessions import SessionService
from vote.account.site import find_site
from vote.config import Settings
from vote.web.page import visitor_of
from vote.web.visit import sign_in_browser

ACCOUNT = "/account"
WORK = "/work"


async def begin_session(request: Request, answer: Response, account: int, how: str) -> None:
    """Sign the browser in, and end the session that it had."""
    sessions: SessionService = request.state["sessions"]
    events: EventService = request.state["events"]
    before = visitor_of(request)
    if before is not None:
        await sessions.end(before.account, before.session)
    word = await sessions.begin(account, how, request.headers.get("user-agent", ""))
    found = await sessions.find(word, write=False)
    assert found is not None
    await events.record(found.visitor, EventKind.SIGNED_IN)
    sign_in_browser(request, answer, word)


async def allow(request: Request, tried: Tried) -> None:
    """Count a try of this network address, which is not kept.

    Raises:
        RefusedError: there were too many.
    """
    allowances: AllowanceService = request.state["allowances"]
    await allowances.take(tried, request.client.host if request.client else "")


def next_path(asked: str) -> str:
    """Return where to go on after signing in: a page of ours, or one's own tasks."""
    ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable()
    return asked if ours else WORK


def better_address(request: Request) -> str | None:
    """Return where this page is to be opened instead, if passkeys do not work under the address that was asked for."""
    settings: Settings = request.state["settings"]
    query = f"?{request.url.query}" if request.url.query else ""
    host = request.headers.get("host", "")
    return find_site(settings.public_url).address(host, request.url.path + query)


def once(answer: Response) -> Response:
    """Return a page that is shown once, so that no browser keeps it."""
    answer.headers["Cache-Control"] = "no-store"
    return answer
