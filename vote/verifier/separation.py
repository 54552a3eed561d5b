"""Says in plain words which duties of an election did not lie in enough different hands.

Not here: the rules (`vote.account.separation`).
"""

from collections.abc import Mapping

from vote.account.separation import Separation
from vote.law.citation import Text
from vote.role import Role

_DUTY: Mapping[str, Text] = {
    str(Role.REGISTRAR): Text("制信人", "a registrar"),
    str(Role.PHONES): Text("手机号登记", "an editor of phones"),
    str(Role.DESK): Text("现场核对", "the desk check"),
    str(Role.COMMUNITY): Text("程序见证", "the certifier"),
    str(Role.TRUSTEE): Text("开箱人", "a trustee"),
}


def separation_text(separation: Separation) -> Text | None:
    """Return what is not separate, or None if all is."""
    if separation.kept:
        return None
    parts = [
        Text(
            f"{_duty(left).zh}和{_duty(right).zh}是同一人",
            f"one person is both {_duty(left).en} and {_duty(right).en}",
        )
        for left, right in separation.overlaps
    ]
    parts += [
        Text(f"{office}派出的开箱人够单独开箱", f"{office} sends enough trustees to open the totals alone")
        for office in separation.offices
    ]
    if not separation.owner_trustee:
        parts.append(Text("开箱人里没有业主", "no trustee is an owner"))
    return Text(
        f"人员分工没有完全分开：{'；'.join(part.zh for part in parts)}",
        f"duties do not lie in enough different hands: {'; '.join(part.en for part in parts)}",
    )


def _duty(name: str) -> Text:
    return _DUTY.get(name, Text(name, name))
