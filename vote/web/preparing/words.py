"""Texts of preparing an election and of the days it is open, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.preparing.link_words import LINKS
from vote.web.preparing.notice_words import NOTICE
from vote.web.preparing.sealing_words import SEALING
from vote.web.preparing.setting_up_words import SETTING_UP
from vote.web.preparing.watching_words import WATCHING

WORDS: Final[Mapping[str, Text]] = {
    f"prep.{key}": text for key, text in {**SETTING_UP, **NOTICE, **SEALING, **WATCHING, **LINKS}.items()
}
