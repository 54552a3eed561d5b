"""The checking page as one file that anybody can keep or host: style, words and programs stand in it.

* It works from a disk and from another origin; it loads nothing but what it is told to check.
* Its words are those of the page of the same name, in one language for each file.
"""

from markupsafe import Markup

from vote.ballot.receipt_words import FIRST, SECOND
from vote.web.assets import STYLE, assets
from vote.web.language import Language
from vote.web.rendering import Reader, fill
from vote.web.verifying.pages import RECORD_STEPS, STEPS
from vote.web.verifying.words import SAID

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; worker-src blob:; style-src 'unsafe-inline'; connect-src *; "
    "base-uri 'none'; form-action 'none'"
)
"""No other program, style, picture or form; any address may be read, as the visitor says which."""
_WORKERS = {"worker-check": "worker/check.js", "worker-log": "worker/log.js"}


def alone_page(language: Language) -> str:
    """Return the file.

    Raises:
        KeyError: the scripts are not built.
    """
    reader = Reader(language, chosen=False, path="/", query=())
    data: dict[str, object] = {
        "worker": "#worker-check",
        "base": None,
        "archive": None,
        "there": [],
        "page": None,
        "words": {key: reader.pick(text) for key, text in SAID.items()},
        "receipts": {"first": FIRST, "second": SECOND},
        "record": {"worker": "#worker-log", "address": None, "election": None},
    }
    values = {
        "data": data,
        "steps": STEPS,
        "record_steps": RECORD_STEPS,
        "policy": POLICY,
        "style": Markup(_text(STYLE)),  # noqa: S704 - our own file
        "script": _program("verifying/check.js"),
        "workers": {name: _program(file) for name, file in _WORKERS.items()},
    }
    return fill(reader, "verifying/alone.html", values).lstrip()


def _program(name: str) -> Markup:
    """Return a script that may stand in HTML; a string or pattern with a backslash more means the same."""
    return Markup(_text(name).replace("</script", "<\\/script").replace("<!--", "<\\!--"))  # noqa: S704 - our own file


def _text(name: str) -> str:
    return assets()[name].content.decode()
