"""Texts of what an owner is told of looks at the owner's data, Chinese first."""

from collections.abc import Mapping
from typing import Final

from vote.law.citation import Text

LOOKS: Final[Mapping[str, Text]] = {
    "owner.looks": Text("谁看过您家的资料", "Who looked at your data"),
    "owner.looks-note": Text(
        "看过、改过您家资料的，每一次都自动记在这里，谁也删不掉。觉得不对，请问社区。",
        "Every look at your data and every change is written down here by itself, and nobody can delete it. If something "
        "seems wrong, ask the community office.",
    ),
    "owner.looks-none": Text("到现在没有人看过。", "Nobody has looked so far."),
    "owner.looks-back": Text("看完了，回去", "Done, go back"),
    "owner.looks-list": Text("{count}户的名单，含您家", "a list of {count} owners with you on it"),
    "owner.looks-maybe": Text("可能与您家有关", "may concern your home"),
    "owner.looks-times": Text("这一天{times}次", "{times} times that day"),
}
