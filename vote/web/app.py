"""Wires the application: routes, errors, services, database."""

from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import fields
from importlib.metadata import version
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from vote.account import views as account
from vote.ballot import views as ballot
from vote.ballot.checking import start_processes
from vote.certificate import views as certificate
from vote.check import views as check
from vote.config import Settings, get_settings
from vote.credential import views as credential
from vote.db import open_database
from vote.election import views as election
from vote.estate import views as estate
from vote.formation import views as formation
from vote.log import views as log
from vote.operation import views as operation
from vote.operation.metrics import Metrics
from vote.oversight.book import views as book
from vote.oversight.duty import views as duty
from vote.oversight.inquiry import views as inquiry
from vote.oversight.interest import views as interest
from vote.oversight.petition import views as petition
from vote.oversight.record import views as record
from vote.phone import views as phone
from vote.roll import views as roll
from vote.tally import views as tally
from vote.trustee import views as trustee
from vote.web import pages
from vote.web.clerk import pages as clerk
from vote.web.files import Digests
from vote.web.finishing import pages as finishing
from vote.web.formation import pages as formation_pages
from vote.web.guard import Guard
from vote.web.headers import StrictHeaders
from vote.web.holders import pages as holders
from vote.web.openapi import describe
from vote.web.oversight import pages as oversight
from vote.web.owner import pages as owner
from vote.web.preparing import pages as preparing
from vote.web.problems import handlers
from vote.web.rehearsal import pages as rehearsal
from vote.web.services import Services, build_services
from vote.web.sharing import Sharing
from vote.web.sign_in import pages as sign_in
from vote.web.verifying import pages as verifying
from vote.web.visit import Visit
from vote.web.watch import Watch

MAX_BODY_BYTES = 64 << 20
"""No route takes more; each has a smaller limit of its own."""

ROUTES: list[BaseRoute] = [
    *account.routes,
    *estate.routes,
    *roll.routes,
    *election.routes,
    *phone.routes,
    *trustee.routes,
    *credential.routes,
    *ballot.routes,
    *tally.routes,
    *check.routes,
    *certificate.routes,
    *formation.routes,
    *record.routes,
    *duty.routes,
    *book.routes,
    *inquiry.routes,
    *interest.routes,
    *petition.routes,
    *log.routes,
    *pages.routes,
    *owner.routes,
    *verifying.routes,
    *sign_in.routes,
    *clerk.routes,
    *preparing.routes,
    *finishing.routes,
    *holders.routes,
    *rehearsal.routes,
    *oversight.routes,
    *formation_pages.routes,
]


async def openapi(_: Request) -> Response:
    """Return the description of the programming interface."""
    return JSONResponse(describe(ROUTES, version("shanzhi")))


def create_app(settings: Settings | None = None, executor: Executor | None = None) -> Starlette:
    """Return the application; what it holds open lives as long as its lifespan.

    Args:
        settings: by default those of the environment.
        executor: where ballots are checked; by default processes of its own.
    """
    chosen, metrics = settings or get_settings(), Metrics()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[dict[str, Any]]:
        pool = executor or start_processes(chosen.checkers)
        try:
            async with open_database(chosen.db):
                services = build_services(chosen, pool)
                try:
                    yield {**state_of(services, chosen), "metrics": metrics, "digests": Digests()}
                finally:
                    await services.messages.close()
                    await services.logs.close()
        finally:
            if executor is None:
                pool.shutdown()

    return Starlette(
        routes=[*ROUTES, Route("/openapi.json", openapi, name="openapi"), *operation.routes],
        middleware=[
            Middleware(Watch, metrics=metrics),
            Middleware(StrictHeaders),
            Middleware(Sharing),
            Middleware(Guard),
            Middleware(Visit),
        ],
        exception_handlers=handlers,
        max_body_size=MAX_BODY_BYTES,
        lifespan=lifespan,
    )


def state_of(services: Services, settings: Settings) -> dict[str, Any]:
    """Return the lifespan state that views read: every service by its name, and the settings."""
    named = {field.name: getattr(services, field.name) for field in fields(services)}
    return {**named, "settings": settings, verifying.IS_PUBLISHED: services.log_reader.is_published}
