"""The certificate: composed, looked at, signed by one office after the other with keys that stay with them; and the keys."""

from collections.abc import Sequence

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from crypto.encoding import hex_digest
from vote.account.events import EventKind
from vote.certificate.content import CERTIFICATE, CORRECTION, REVOCATION, decode_certificate
from vote.certificate.service import CertificateService
from vote.certificate.wording import summary_zh
from vote.election.rules import State
from vote.election.service import ElectionService
from vote.election.terms import OFFICES
from vote.role import Role
from vote.web.act import FIRST, Again, act, go_to
from vote.web.finishing.road_pages import articles_of
from vote.web.finishing.seat import filled, roles_of
from vote.web.form import read_form
from vote.web.noting import noted
from vote.web.phase import Phase
from vote.web.rendering import reader_of, render
from vote.web.seen import get_seen
from vote.web.watched import certificate_standing

WORDS_OF_SIGNING = (
    "reading", "same", "no-file", "no-passphrase", "not-a-key-file", "wrong-passphrase", "other-office", "other-keys", "differs",
    "prepared", "signing", "sending", "done", "done-all", "refused", "signed-out", "offline", "unsupported",
)  # fmt: skip
"""What the script of the page may say, `finishing.sign.` before each."""
WORDS_OF_KEYS = (
    "making",
    "made",
    "handing",
    "handed",
    "refused",
    "signed-out",
    "offline",
    "name",
    "short",
    "differ",
    "unsupported",
)


class ComposeForm(BaseModel):
    """Which certificate comes next, and why if it is not the first."""

    kind: str = CERTIFICATE
    reason: str | None = Field(None, max_length=2000)


async def certificate(request: Request, again: Again = FIRST) -> Response:
    """Show what is certified, who has signed, and whose turn it is."""
    seen = await get_seen(request)
    service: CertificateService = request.state["certificates"]
    elections: ElectionService = request.state["elections"]
    uuid, reader = seen.stored.uuid, reader_of(request)
    waiting = await service.waiting(uuid)
    draft = decode_certificate(waiting.body) if waiting else None
    signed = [name for name, _ in waiting.signatures] if waiting else []
    roles = await roles_of(request, seen.manifest.estate["id"])
    turn = OFFICES[len(signed)] if waiting and len(signed) < len(OFFICES) else None
    brought = await elections.offices(uuid)
    pages, api = f"/elections/{uuid}", f"/api/elections/{uuid}"
    values = {
        "seen": seen,
        "waiting": waiting,
        "draft": draft,
        "figures": summary_zh(draft) if draft else [],
        "signed": signed,
        "turn": turn,
        "mine": turn in _offices(roles),
        "composes": Role.ORGANISER in roles and not signed and seen.phase in {Phase.PRELIMINARY, Phase.CERTIFIED},
        "ready": seen.until is None,
        "kinds": (CORRECTION, REVOCATION) if seen.certificate else (),
        "names": {name: brought[name].name for name in OFFICES},
        "article": articles_of(seen)["objections"],
        "certificate_standing": await certificate_standing(request, seen),
        **filled(again),
        "data": {
            "office": turn,
            "name": brought[turn].name if turn else None,
            "election": uuid,
            "draft": f"{pages}/certificate-draft.json",
            "shown": hex_digest(waiting.body) if waiting else None,
            "manifest": f"{pages}/manifest.json",
            "result": f"{pages}/result.json",
            "archive": f"{pages}/{uuid}.bel",
            "prepared": f"{api}/certificate/{turn}/prepared",
            "signed": f"{api}/certificate/{turn}",
            "words": {name: str(reader.text(f"finishing.sign.{name}", what="{what}")) for name in WORDS_OF_SIGNING},
        },
    }
    return render(request, "finishing/certificate.html", values, again.status)


@act(certificate)
async def compose(request: Request) -> Response:
    """Compose the next certificate."""
    service: CertificateService = request.state["certificates"]
    uuid = request.path_params["election"]
    form = await read_form(request, ComposeForm)
    async with noted(request, EventKind.CERTIFICATE_COMPOSED):
        await service.compose(uuid, form.kind, form.reason)
    return go_to(request, f"/elections/{uuid}/finish/certificate")


async def keys(request: Request) -> Response:
    """Let an office make the keys with which it will sign, in its own browser."""
    elections: ElectionService = request.state["elections"]
    stored = await elections.get(request.path_params["election"])
    place = stored.draft.estate
    mine = _offices(await roles_of(request, place))
    reader = reader_of(request)
    brought = await elections.offices(stored.uuid)
    values = {
        "stored": stored,
        "offices": mine,
        "brought": {name: office.name for name, office in brought.items()},
        "open": stored.state is State.DRAFT,
        "data": {
            "election": stored.uuid,
            "api": f"/api/elections/{stored.uuid}/offices/",
            "words": {name: str(reader.text(f"finishing.keys.{name}")) for name in WORDS_OF_KEYS},
        },
    }
    return render(request, "finishing/keys.html", values)


def _offices(roles: frozenset[Role]) -> Sequence[str]:
    return [name for name in OFFICES if Role(name) in roles]
