"""Puts the built scripts of the pages into the package, and builds them first if they are not."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from scripts import build_front


class FrontHook(BuildHookInterface[Any]):
    """Called by hatchling for every kind of build, editable ones too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - any version
        """Build the scripts and name them to hatchling, since git ignores them."""
        try:
            build_front.build()
        except build_front.BuildError as error:
            raise SystemExit(f"build_front: {error}") from None
        build_data["artifacts"].append("/vote/web/dist/*")
