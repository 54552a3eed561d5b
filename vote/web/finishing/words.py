"""Texts of the pages from closing to the certificate, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.finishing.certificate_words import CERTIFICATE, KEYS
from vote.web.finishing.dispute_words import CHECK, DISPUTES, OBJECTIONS
from vote.web.finishing.life_words import LIFE
from vote.web.finishing.road_words import LOOKS, ROAD

WORDS: Final[Mapping[str, Text]] = {
    **ROAD, **LOOKS, **DISPUTES, **CHECK, **OBJECTIONS, **CERTIFICATE, **KEYS, **LIFE,
}  # fmt: skip
