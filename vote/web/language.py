"""Which language a page speaks: what the address asks for, else what the browser prefers, else Chinese."""

from enum import StrEnum


class Language(StrEnum):
    """A language that every page is complete in."""

    ZH = "zh"
    EN = "en"

    @property
    def tag(self) -> str:
        """What stands in `<html lang>` (BCP 47)."""
        return "zh-CN" if self is Language.ZH else "en"

    @property
    def other(self) -> "Language":
        """The one to switch to."""
        return Language.EN if self is Language.ZH else Language.ZH


def find_language(name: str | None) -> Language | None:
    """Return the language that `name` (`zh`, `zh-CN`, `en-GB` …) names, if it is one of ours."""
    primary = (name or "").strip().lower().partition("-")[0]
    return Language(primary) if primary in set(Language) else None


def prefer_language(accepted: str) -> Language:
    """Return the language that an `Accept-Language` header likes best; Chinese where it names neither of ours.

    Follows RFC 9110 section 12.5.4; a weight that cannot be read counts as none.
    """
    best, best_weight = Language.ZH, 0.0
    for part in accepted.split(","):
        name, _, parameter = part.partition(";")
        language = find_language(name)
        if language and (weight := _weight(parameter)) > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
