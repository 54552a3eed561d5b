"""The pages on which an owner votes, changes the vote, objects, and looks a receipt up."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
