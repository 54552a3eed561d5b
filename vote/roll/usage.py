"""Decides from a row's usage whether it votes, and from its status whether it is still the developer's.

 * Parking, storage and common parts do not vote (unless the estate's rules say so, which the caller knows).
 * 未售 and 已售未交付, however spelled, are the developer's; a delivery date proves nothing either way.
 * A word that is not understood changes nothing and is reported.

Follows the Supreme Court's interpretation (2020) arts. 2 and 9, rulebook §1.4–1.5.
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from vote.roll.sheet import compact
from vote.roll.why import Why


class Usage(NamedTuple):
    """Why a row does not vote, or None if it does, and what is odd about its usage."""

    excluded: Why | None
    warning: Why | None = None


class Status(IntEnum):
    """What a row says of sale and delivery; of two cells the higher one counts."""

    UNKNOWN = 0
    SOLD = 1
    DELIVERED = 2
    UNDELIVERED = 3
    UNSOLD = 4

    @property
    def is_developers(self) -> bool:
        """Whether the unit counts for the developer."""
        return self >= Status.UNDELIVERED

    def contradicts(self, other: "Status") -> bool:
        """Whether two rows about one unit cannot both be right."""
        low, high = sorted((self, other))
        return high.is_developers and (low is Status.DELIVERED or (high is Status.UNSOLD and low is Status.SOLD))


_EMPTY = frozenset({"", "-", "--", "/", "无", "—"})
_PARKING = re.compile("车位|车库|地库|停车|泊车|泊位|车棚|自行车|非机动车|电动车")
_STORAGE = re.compile("储藏|贮藏|储物|杂物|杂屋|储存|储间|地下室|堆物|柴间|柴房|煤[间棚房]")
_COMMON = re.compile(
    "架空层|物业(?:管理|服务|经营)?用房|公共用房|公共部位|公用|设备|配电|水泵|门卫|传达室|垃圾|消防|人防"
)
_NON_VOTING = ((_PARKING, Why.PARKING), (_STORAGE, Why.STORAGE), (_COMMON, Why.COMMON_PART))
_VOTING = re.compile(
    "住|公寓|别墅|排屋|洋房|商品房|安置房|回迁房|公租房|适用房|保障房|房改房|公房|私房|商铺|商业|商用|商服|店|门市|门面|网点|"
    "办公|写字楼|营业|工业|厂房|车间"
)
_LIST = re.compile(r"[、,;/|+&()和与及含带]")

_NOT = "(?:未|没有|没|尚未|不|待)"
_UNSOLD = re.compile(f"{_NOT}(?:出售|销售|售|卖)|在售|可售|库存|存量房|尾房|自持|(?:建设单位|开发商)(?:持有|保留|所有)")
_UNSOLD_MARK = re.compile(f"(?:空房|空置|房源)?{_NOT}(?:出售|销售|售)(?:出|房源?)?")
_UNDELIVERED = re.compile(
    f"{_NOT}(?:办理|办)?(?:交付|交房|交楼|交钥匙|领钥匙|拿钥匙|收房|收楼|接房|领房|交(?![付房楼钥物费款纳清]))"
)
_DELIVERED = re.compile("交付|交房|交楼|收房|收楼|接房|已交|已入住|(?<!未)办证|自住|出租")
_NOT_SURELY = re.compile("(?:未|没|尚|不|待|延|缓|拒|预计|正在)[^已]*(?:交付|交房|交楼|收房|收楼|接房)")
"""延期交付, 未到交付期: neither delivered nor plainly 未交付."""
_RESALE = re.compile("二手|转售|挂牌|已交.*[待在]售")
"""An owner's flat on the market is not the developer's."""
_SOLD = re.compile("售|销售|卖|网签|签约|备案")
_YES, _NO = frozenset("是有对已√✓1Y") | {"YES"}, frozenset("否没未×✗0N") | {"NO"}
_DIGITS = frozenset("01")
_ASKS_DELIVERY = re.compile("交|收|接")
_ASKS_WHETHER_NOT = re.compile("[未没]")
_DATE = re.compile(r"[0-9年月日./:\-]{2,}")


def read_usage(usages: Iterable[str], place: str) -> Usage:
    """Decide whether a row votes, from its usage cells, or from what its place is called where they say nothing."""
    read = [_read_usage(compact(usage)) for usage in usages if compact(usage) not in _EMPTY]
    excluded = [usage for usage in read if usage.excluded]
    if excluded:
        return excluded[0]
    if not any(usage.warning is not Why.USAGE_UNKNOWN for usage in read):
        by_place = _kind(compact(place))
        if isinstance(by_place, Why):
            return Usage(by_place)
        return Usage(None, Why.USAGE_UNKNOWN if read else None)
    return Usage(None, Why.USAGE_MIXED if any(usage.warning is Why.USAGE_MIXED for usage in read) else None)


@cache
def _read_usage(usage: str) -> Usage:
    kinds = [_kind(part) for part in _LIST.split(usage) if part]
    non_voting = [kind for kind in kinds if isinstance(kind, Why)]
    if True in kinds:
        return Usage(None, Why.USAGE_MIXED if non_voting else None)
    return Usage(non_voting[0]) if non_voting else Usage(None, Why.USAGE_UNKNOWN)


def _kind(part: str) -> Why | bool:
    """Why this does not vote, or whether it is known to vote."""
    for words, why in _NON_VOTING:
        if words.search(part):
            return why
    return bool(_VOTING.search(part))


def is_unsold_mark(text: str) -> bool:
    """Whether a cell for owners holds no name but the word that the unit is unsold."""
    return bool(_UNSOLD_MARK.fullmatch(compact(text)))


def read_status(cells: Iterable[tuple[str, str]]) -> tuple[Status, Why | None]:
    """Decide what a row says of sale and delivery.

    Args:
        cells: header and text of each status or delivery column; the header tells what 是 and 否 answer.
    """
    read = [_read_status(header, compact(text).upper()) for header, text in cells if compact(text) not in _EMPTY]
    known = [status for status in read if status is not None]
    return max(known, default=Status.UNKNOWN), Why.STATUS_UNKNOWN if len(known) < len(read) else None


@cache
def _read_status(header: str, text: str) -> Status | None:
    """The status, UNKNOWN for a date, None for words that are not understood."""
    if text in _DIGITS and "是否" not in header:
        return None
    if text in _YES or text in _NO:
        yes = (text in _YES) is not bool(_ASKS_WHETHER_NOT.search(header))
        if _ASKS_DELIVERY.search(header):
            return Status.DELIVERED if yes else Status.UNDELIVERED
        return Status.SOLD if yes else Status.UNSOLD
    if _DATE.fullmatch(text):
        return Status.UNKNOWN
    for words, status in (
        (_RESALE, None),
        (_UNSOLD, Status.UNSOLD),
        (_UNDELIVERED, Status.UNDELIVERED),
        (_NOT_SURELY, None),
        (_DELIVERED, Status.DELIVERED),
        (_SOLD, Status.SOLD),
    ):
        if words.search(text):
            return status
    return None
