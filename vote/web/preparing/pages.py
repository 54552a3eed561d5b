"""The pages from setting an election up to its closing second."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
