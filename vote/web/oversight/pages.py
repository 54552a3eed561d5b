"""All pages about what a committee owes its owners."""

from starlette.routing import BaseRoute

from vote.web.oversight import record_pages

routes: list[BaseRoute] = [*record_pages.routes]
