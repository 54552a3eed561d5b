"""The pages on which people sign in, accept an invitation and see what was done in their name."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
