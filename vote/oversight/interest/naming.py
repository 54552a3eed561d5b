"""Decides whether two names of firms are the same, or so near that somebody has to look.

 * The same: equal once width, case, blanks and signs are gone, and 有限责任公司 is written 有限公司.
 * Near: without place in front and legal form behind, the rest is equal, one stands within the other (3 signs or more), or
   few signs are changed, added, left out or swapped with the next: 1 of 3 to 7 signs, 2 of 8 or more.
 * Names of people are the same or not: one sign more makes another person.

Not here: credit codes, which go before names (`rules.py`).

>>> is_same("恒通电梯有限责任公司", "恒通电梯 有限公司"), is_near("嘉善恒通电梯有限公司", "浙江恒通电梯工程有限公司")
(True, True)
"""

import re
import unicodedata

_LIMITED = ("有限责任公司", "有限公司")
_FORM = re.compile(
    "(?:股份有限公司|有限公司|集团|公司|有限合伙|普通合伙|合伙企业|个人独资企业|经营部|工作室|事务所|商行|厂|店)$"
)
_PLACE = re.compile(
    "^(?:浙江省?|江苏省?|上海市?|北京市?|杭州市?|宁波市?|温州市?|绍兴市?|湖州市?|嘉兴市?|金华市?|台州市?|苏州市?|嘉善县?|平湖市?|海宁市?|"
    "海盐县?|桐乡市?|南湖区|秀洲区|[^省市县区]{2,3}[省市县区])"
)
_SHORTEST = 2
_CONTAINED = 3
_LONG = 8


def normalise(name: str) -> str:
    """Return a name in one spelling."""
    wide = unicodedata.normalize("NFKC", name).upper()
    text = "".join(sign for sign in wide if unicodedata.category(sign)[0] in "LN")
    return text.replace(*_LIMITED)


def is_same(left: str, right: str) -> bool:
    """Whether two names are the same."""
    return normalise(left) == normalise(right) != ""


def is_near(left: str, right: str) -> bool:
    """Whether two names of firms are not the same, but somebody has to look."""
    if is_same(left, right):
        return False
    one, other = sorted((core(left), core(right)), key=len)
    if len(one) < _SHORTEST:
        return False
    if one == other:
        return True
    if len(one) < _CONTAINED:
        return False
    return one in other or distance(one, other) <= (2 if len(one) >= _LONG else 1)


def core(name: str) -> str:
    """Return what is left of a firm's name without place and legal form, as long as something is left."""
    text = normalise(name)
    for pattern in (_PLACE, _FORM):
        while True:
            shorter = pattern.sub("", text)
            if shorter in (text, ""):
                break
            text = shorter
    return text


def distance(left: str, right: str) -> int:
    """Return how many signs to change, add, leave out or swap with the next to make one name of the other.

    The optimal string alignment distance: no part is changed twice.
    """
    rows = [list(range(len(right) + 1))]
    for i, sign in enumerate(left, 1):
        row = [i]
        for j, other in enumerate(right, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (sign != other))
            if i > 1 and j > 1 and sign == right[j - 2] and left[i - 2] == other:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
