"""Whose share may be taken for which election.

Follows SPEC.md §7; product.md §4 for the states.
"""

from crypto.errors import MalformedError
from vote.errors import Reason, RefusedError
from vote.trustee.handed_share import HandedShare, decode_handed_share


def read_own_share(data: bytes, election: str, trustee: int) -> HandedShare:
    """Read what `vote trustee decrypt` wrote for this election, brought by the trustee who wrote it.

    Raises:
        RefusedError: it is no such document, or was made for another election or by another trustee.
    """
    try:
        share = decode_handed_share(data)
    except MalformedError as error:
        raise RefusedError(Reason.MALFORMED, f"{error}.", zh="开票文件读不懂，请选做好的那个文件再交一次。") from None
    if (share.election, share.trustee) != (election, trustee):
        raise RefusedError(
            Reason.CONFLICT,
            "This share was made for another election or by another trustee.",
            zh="这份开票文件是别的投票或别的开箱人的，请选自己的那一份。",
        )
    return share
