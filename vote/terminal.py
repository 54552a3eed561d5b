r"""Shows what others wrote without letting it command the terminal.

An archive names its election and its trustees as it likes. A sign that moves the cursor, hides what follows or turns
its direction could write another verdict, or another count, over ours.

>>> shown("大会\x1b[2J")
'大会\\u001b[2J'
"""


def shown(text: str) -> str:
    """Return one line as it may be printed: every sign that cannot be seen is written as its number."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
