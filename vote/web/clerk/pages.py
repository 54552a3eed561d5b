"""The pages of a clerk's day: what is due over all estates, and the roll from upload to freezing."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
