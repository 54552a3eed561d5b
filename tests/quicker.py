"""What libraries do anew for every test and one process need do only once: finish models, read trusted certificates.

What is kept is the same each time: it hangs on the kind of the database and on httpx's own file of certificates, and no
test changes either. Not here: anything of ours.
"""

import gc
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx
import pytest
from tortoise.apps import Apps

FEWER = 100_000
"""Objects made between two looks for rubbish, instead of 700."""


def do_once(patch: pytest.MonkeyPatch) -> None:
    """Let tortoise finish the models again only for another kind of database, and httpx read its certificates once."""
    finish = Apps._build_initial_querysets
    finished: set[object] = set()

    def finish_once(apps: Apps) -> None:
        models = [model for app in apps.apps.values() for model in app.values()]
        wanted = {(model, model._meta.db.executor_class) for model in models}
        if finished != wanted:
            finished.clear()
            finish(apps)
            finished.update(wanted)

    patch.setattr(Apps, "_build_initial_querysets", finish_once)
    read = httpx.create_ssl_context
    trusted = cache(lambda: read(trust_env=False))

    def read_once(verify: Any = True, cert: Any = None, trust_env: bool = True) -> ssl.SSLContext:  # noqa: FBT001, FBT002
        usual = verify is True and cert is None and not trust_env
        return trusted() if usual else read(verify, cert, trust_env)

    patch.setattr("httpx._transports.default.create_ssl_context", read_once)


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """Look for rubbish seldom inside the block: tortoise makes all models anew for every step of every migration."""
    usual = gc.get_threshold()
    gc.set_threshold(FEWER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
