"""The pages of registrars and key-holders; what is secret is made and stays in their browsers."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
