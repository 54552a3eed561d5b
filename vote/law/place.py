"""Decides which profiles fit a place by the name of its county, and what each has of its own.

* Where the county is known, its profile comes first and is the default, then those it rests on.
* Where it is not, every profile is offered, the national one first: a wrong local rule would be worse than none.
* What stands in a profile itself differs from, or adds to, the one above it.
"""

from collections.abc import Mapping
from datetime import date

from vote.law.citation import Text
from vote.law.library import list_profiles, load_profile
from vote.law.profile import Profile, Value

NATIONAL = "cn"
_COUNTIES: Mapping[str, str] = {
    "嘉善": "cn-zj-jiaxing-jiashan",
    **dict.fromkeys(("嘉兴", "南湖", "秀洲", "平湖", "海宁", "海盐", "桐乡"), "cn-zj-jiaxing"),
    **dict.fromkeys(
        ("杭州", "上城", "拱墅", "滨江", "萧山", "余杭", "临平", "钱塘", "富阳", "临安", "桐庐", "淳安", "建德"),
        "cn-zj-hangzhou",
    ),
    "浙江": "cn-zj",
    "北京": "cn-bj",
    "上海": "cn-sh",
    "深圳": "cn-gd-shenzhen",
}
"""What a county's name begins with, or holds; districts whose names other cities have too are left out."""


def offered_profiles(county: str) -> tuple[Profile, ...]:
    """Return the profiles that a place may choose from, the one that fits best first."""
    found = next((profile for name, profile in _COUNTIES.items() if name in county), None)
    if found is not None:
        return tuple(load_profile(found).chain())
    ids = dict.fromkeys((NATIONAL, *(each.id for each in list_profiles())))
    return tuple(map(load_profile, ids))


def own_values(profile: Profile, *, on: date) -> tuple[Value, ...]:
    """Return what a profile has of its own on a day.

    Raises:
        RefusedError: a day before the Civil Code.
    """
    values = (profile.value(name, on=on) for name in profile.own_values)
    return tuple(value for value in values if not value.inherited)


def own_rules(profile: Profile, *, on: date) -> tuple[tuple[Text, tuple[Text, ...]], ...]:
    """Return the same in words: each rule and the articles where it stands."""
    return tuple(
        (value.entry.text, tuple(each.text for each in value.citations)) for value in own_values(profile, on=on)
    )
