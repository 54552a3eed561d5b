"""What passkeys are bound to: the name of this site, and the addresses under which its pages may ask for them.

A browser takes no passkey for an address of numbers. On the machine itself the name `localhost` stands for them.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

NAME = "善治"
LOCAL = "localhost"


@dataclass(frozen=True, slots=True)
class Site:
    """A site as passkeys know it."""

    name: str
    """Without scheme and port."""
    origin: str
    """Scheme, name and port of the pages that may ask."""

    def address(self, asked: str, path: str) -> str | None:
        """Return where a page is to be opened instead, if it was asked for under numbers of this machine.

        Args:
            asked: the host that the browser asked for.
            path: of the page, with its query.
        """
        host, colon, port = asked.rpartition(":") if ":" in asked else (asked, "", "")
        return (
            f"{self.origin.partition(':')[0]}://{LOCAL}{colon}{port}{path}"
            if self.name == LOCAL and _is_loopback(host)
            else None
        )


def find_site(public_url: str) -> Site:
    """Return what passkeys are bound to under a public address."""
    parts = urlsplit(public_url)
    host = parts.hostname or LOCAL
    name = LOCAL if _is_loopback(host) else host
    port = f":{parts.port}" if parts.port else ""
    return Site(name, f"{parts.scheme}://{name}{port}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
