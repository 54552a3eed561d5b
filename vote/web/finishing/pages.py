"""The pages from closing to the certificate: disputes, check, result, objections, signatures."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
