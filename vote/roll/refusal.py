"""Says in two languages why a spreadsheet is not read at all; single rows are never a reason to refuse the whole.

Not here: what is wrong with one row (`vote.roll.why`).
"""

from vote.errors import Reason, RefusedError


class SheetRefusedError(RefusedError):
    """The file, sheet or header cannot be read as a roll.

    `detail` is the sentence in English, `detail_zh` the same for the clerk.
    """

    def __init__(self, detail: str, detail_zh: str, reason: Reason = Reason.MALFORMED) -> None:
        super().__init__(reason, detail, zh=detail_zh)
        self.detail_zh = detail_zh
