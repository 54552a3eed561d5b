"""Who may call what, in one word; services speak of roles without knowing HTTP."""

from enum import StrEnum


class Role(StrEnum):
    """Who may call a view."""

    PUBLIC = "public"
    STAFF = "staff"
    REGISTRAR = "registrar"
    TRUSTEE = "trustee"
