"""Texts from closing to the certificate, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

WORDS: Final[Mapping[str, Text]] = {}
