"""Signing in through a provider."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
