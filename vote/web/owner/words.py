"""Texts of the owner's way, Chinese first; the delicate ones are worded for a person of seventy."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

WORDS: Final[Mapping[str, Text]] = {}
