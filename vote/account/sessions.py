"""Sign browsers in and out.

* The browser holds a random word, the database its digest: whoever reads the database signs in nowhere.
* A session ends when it is not used for some hours, after a working day, or when its owner ends it.
* The word is a new one at every sign-in and every some hours; the one before opens until the new one has come back.
"""

from dataclasses import dataclass, field

from crypto.envelope import keyed_digest, unseal
from crypto.randomness import Randomness
from vote.account import rules
from vote.account.person_store import PersonStore
from vote.account.session_store import SessionStore, StoredSession
from vote.db import database_now
from vote.errors import Reason, RefusedError
from vote.role import Visitor


@dataclass(frozen=True, slots=True)
class Found:
    """Who a browser belongs to, and the word that it gets from now on if it is to change."""

    visitor: Visitor
    word: str | None


@dataclass(frozen=True, slots=True)
class SessionService:
    """Sessions of people who sign in."""

    store: SessionStore
    persons: PersonStore
    rng: Randomness
    key: bytes = field(repr=False)
    """Opens the names of accounts."""

    async def begin(self, account: int, how: str, agent: str) -> str:
        """Sign a browser in; return the word for its cookie.

        Args:
            account: whose it is.
            how: `passkey`, `recovery`, `provider` or `invitation`.
            agent: what the browser says of itself.
        """
        word = self._word()
        now = await database_now()
        await self.store.add(account, rules.session_digest(word), how, rules.name_device(agent), now)
        return word

    async def find(self, word: str, *, write: bool = True) -> Found | None:
        """Return who is signed in with a word; None if nobody is.

        Args:
            word: of the cookie.
            write: whether the use is written down and the word may change.
        """
        digest = rules.session_digest(word)
        session = await self.store.find(digest)
        now = await database_now()
        if session is None or rules.is_over(now, started=session.started_at, seen=session.seen_at):
            return None
        person = await self.persons.sealed_name(session.account)
        if person is None:
            return None
        renewed = await self._use(session, digest) if write else None
        account = session.account
        visitor = Visitor(
            account,
            open_name(self.key, *person),
            session.id,
            await self.persons.grants(account),
            await self.persons.duties(account),
            await self.persons.committees(account),
            fresh=now < session.started_at + rules.FRESH,
        )
        return Found(visitor, renewed)

    async def all(self, account: int) -> list[StoredSession]:
        """Return the sessions of an account that are not over."""
        now = await database_now()
        return [
            each
            for each in await self.store.of(account)
            if not rules.is_over(now, started=each.started_at, seen=each.seen_at)
        ]

    async def end(self, account: int, session: int) -> None:
        """End one.

        Raises:
            RefusedError: the account has no such session.
        """
        if not await self.store.end(account, session, await database_now()):
            raise RefusedError(Reason.NOT_FOUND, "这台设备已经退出了。 This device is signed out already.")

    async def end_others(self, account: int, kept: int | None) -> int:
        """End all but one; return how many."""
        return await self.store.end_others(account, kept, await database_now())

    def form_word(self, visitor: Visitor) -> str:
        """Return what the tokens of a session's forms are made from; it stays while the session's word changes."""
        return keyed_digest(self.key, "session/form", str(visitor.session)).hex()

    async def _use(self, session: StoredSession, digest: str) -> str | None:
        now = await database_now()
        came_back = digest == session.newest and session.previous is not None
        if digest != session.newest or now >= session.renewed_at + rules.RENEW:
            # Whoever still comes with the word before never got the newest, or sends two requests at once.
            if digest != session.newest and now < session.renewed_at + rules.OVERLAP:
                return None
            word = self._word()
            return word if await self.store.renew(session, rules.session_digest(word), digest, now) else None
        forget = came_back and now >= session.renewed_at + rules.OVERLAP
        if forget or now >= session.seen_at + rules.SEEN:
            await self.store.touch(session.id, now, forget_previous=forget)
        return None

    def _word(self) -> str:
        return self.rng(rules.SESSION_BYTES).hex()


def open_name(key: bytes, handle: str, sealed: bytes) -> str:
    """Return the name of an account."""
    return unseal([key], f"account/{handle}", sealed).decode()


def require_fresh(visitor: Visitor) -> None:
    """Raise unless somebody signed in a short while ago.

    Raises:
        RefusedError: they did not.
    """
    if not visitor.fresh:
        raise RefusedError(
            Reason.NOT_ALLOWED, "登录有一会儿了，请再登录一次再做这件事。 Sign in once more before you do this."
        )
