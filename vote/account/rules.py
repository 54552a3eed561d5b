"""What a role key is worth, how long a session lasts."""

import hashlib
import hmac
import unicodedata
from datetime import datetime, timedelta


def key_digest(key: str) -> str:
    """Return what is kept of a role key: SHA-256 in hex. Keys are 192 random bits, so no slow hash is needed."""
    return hashlib.sha256(b"shanzhi role key 1\n" + key.encode()).hexdigest()


def is_same_key(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def same_name(name: str) -> str:
    """Return a person's name in one spelling, so that a blank or a full-width letter makes nobody a second person."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


SESSION_BYTES = 32
IDLE = timedelta(hours=2)
"""After so long without a request a session is over."""
LONGEST = timedelta(hours=12)
"""A working day: then one signs in again."""
FRESH = timedelta(minutes=30)
"""So long after signing in one may change what opens the account, and invite others."""
RENEW = timedelta(hours=3)
"""After so long the browser gets a new word."""
OVERLAP = timedelta(minutes=1)
"""How long the word before the newest opens too, once the newest has come: requests cross each other."""
SEEN = timedelta(minutes=1)
"""A session's last use is written down no more often."""


def is_over(now: datetime, *, started: datetime, seen: datetime) -> bool:
    """Whether a session that began and was last used then has ended by itself."""
    return now >= started + LONGEST or now >= seen + IDLE


def session_digest(word: str) -> str:
    """Return what is kept of a session's word: SHA-256 in hex. The word is 256 random bits."""
    return hashlib.sha256(b"shanzhi session 1\n" + word.encode()).hexdigest()


def name_device(agent: str) -> str:
    """Return in two words what a browser says of itself, for its owner to tell it from others."""
    browser = next((name for word, name in _BROWSERS if word in agent), "")
    system = next((name for word, name in _SYSTEMS if word in agent), "")
    return " · ".join(filter(None, (browser, system)))


_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("HuaweiBrowser/", "华为浏览器"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What stands in a browser's name for itself, the more telling first."""
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
