"""The pages on which visitors check for themselves."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
