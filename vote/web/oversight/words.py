"""What the pages of oversight say. Labels of kinds and fields stand with the kinds (`vote.oversight.record.kinds`)."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text
from vote.web.oversight.book_words import BOOK
from vote.web.oversight.change_words import CHANGES
from vote.web.oversight.duty_words import DUTIES
from vote.web.oversight.estate_words import SUMMARY
from vote.web.oversight.inquiry_words import INQUIRIES
from vote.web.oversight.interest_words import INTERESTS
from vote.web.oversight.petition_words import PETITIONS
from vote.web.oversight.record_words import RECORDS

WORDS: Final[Mapping[str, Text]] = {
    **RECORDS,
    **DUTIES,
    **BOOK,
    **INQUIRIES,
    **INTERESTS,
    **PETITIONS,
    **SUMMARY,
    **CHANGES,
}
