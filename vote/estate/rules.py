"""What an estate may be called."""

import re

from vote.errors import Reason, RefusedError

_IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
MAX_IDENTIFIER = 40
MAX_NAME = 100
REHEARSALS = "yanlian-"
"""How the ids of made-up estates begin, in which elections are rehearsed, and no others."""


def is_rehearsal(identifier: str) -> bool:
    """Whether an estate is made up, for rehearsals."""
    return identifier.startswith(REHEARSALS)


def require_real(identifier: str) -> None:
    """Raise if an id is kept for made-up estates.

    Raises:
        RefusedError: it is.
    """
    if is_rehearsal(identifier):
        raise RefusedError(
            Reason.NOT_ALLOWED,
            f"What begins with {REHEARSALS} is made up, for rehearsals: nothing of real owners belongs there.",
            zh=f"代号以{REHEARSALS}开头的是演练用的，里面的业主都是编的，不能放真的小区、清册和手机号。",
        )


def require_identifier(text: str) -> str:
    """Return `text` if it can stand in a web address and as a log's name.

    Raises:
        RefusedError: it has other signs than lowercase letters, digits and inner hyphens, or more than 40.
    """
    if not _IDENTIFIER.fullmatch(text):
        raise RefusedError(
            Reason.MALFORMED,
            "An estate's id is 1 to 40 lowercase letters, digits and hyphens, as in xinyuan-1.",
            zh="小区的代号只能用小写字母、数字和短横，1到40个，例如xinyuan-1。",
        )
    return text


def require_name(text: str, what: str) -> str:
    """Return a place's name without outer blanks.

    Raises:
        RefusedError: it is empty, too long, or holds line breaks.
    """
    name = text.strip()
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise RefusedError(
            Reason.MALFORMED,
            f"The name of the {what} must be one line of 1 to {MAX_NAME} characters.",
            zh=f"名称要写在一行里，1到{MAX_NAME}个字。请改好再试。",
        )
    return name
