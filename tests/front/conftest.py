"""A running application for what the scripts make."""

from tests.journeys.conftest import clock, platform  # noqa: F401 - fixtures
