"""Texts for registrars and key-holders, Chinese first; they never name the machinery."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

WORDS: Final[Mapping[str, Text]] = {}
