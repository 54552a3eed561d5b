"""Texts of preparing an election and of the days it is open, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

WORDS: Final[Mapping[str, Text]] = {}
