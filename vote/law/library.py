"""Keeps the profiles that come with this program, every version ever published of each.

 * One file per version, `profiles/<id>@<version>.json`; a published file is never changed, a correction is a new version.
 * Without a version the newest is meant; an election always names one.

Not here: what a file may say (`reading.py`).
"""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from vote.errors import ContradictionError, Reason, RefusedError
from vote.law.profile import Profile
from vote.law.reading import Reference, decode_profile

DEFAULT_PROFILE = "cn-zj-jiaxing-jiashan"
_FOLDER: Traversable = files("vote.law") / "profiles"


@cache
def list_profiles() -> tuple[Reference, ...]:
    """Return every version of every profile, by id, the oldest version first."""
    names = [entry.name.removesuffix(".json") for entry in _FOLDER.iterdir() if entry.name.endswith(".json")]
    return tuple(sorted(Reference(*name.split("@")) for name in names))


@cache
def load_profile(profile: str, version: str | None = None) -> Profile:
    """Return a profile by its id, the newest version where none is named.

    Raises:
        RefusedError: there is none, or its file says something that the law does not allow.
    """
    chosen = [each for each in list_profiles() if each.id == profile and version in (None, each.version)]
    if not chosen:
        asked = profile[:40] if version is None else f"{profile[:40]} in version {version[:20]}"
        raise RefusedError(Reason.NOT_FOUND, f"profile {asked}: there is none; see `vote law profiles`")
    return _load(chosen[-1])


def load_pinned(profile: str, version: str, digest: str) -> Profile:
    """Return the profile that a manifest names.

    Raises:
        RefusedError: as `load_profile`.
        ContradictionError: the file at hand is not the one that the manifest was sealed with.
    """
    found = load_profile(profile, version)
    if found.digest != digest:
        raise ContradictionError(f"profile {found.reference}: it is not the file that the manifest was sealed with")
    return found


def _load(reference: Reference) -> Profile:
    data = (_FOLDER / f"{reference.id}@{reference.version}.json").read_bytes()
    return decode_profile(data, lambda parent: load_profile(parent.id, parent.version))
