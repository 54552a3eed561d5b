"""Takes what an owner says on the page for voting: the vote that came before is not mine, or the homes are not right.

* Whoever had letter and code says it with the pass that came with the part; nobody else's word is taken here.
* It becomes a dispute like one that the desk writes down, and is settled the same way. While one waits the same is not
  taken again: nothing is counted before all are settled.
"""

from starlette.requests import Request

from vote.check.rules import DisputeKind
from vote.check.service import CheckService
from vote.credential.second_factor import SecondFactorService
from vote.errors import Reason, RefusedError
from vote.http import Strict, operation

KINDS = (DisputeKind.IMPERSONATION, DisputeKind.ROLL)
"""What an owner can say alone; the others need somebody who looks at papers."""


class StatementBody(Strict):
    """The pass that came with the part, what it is about, and the owner's words."""

    owner_pass: str
    kind: str
    text: str


class StatementAnswer(Strict):
    """The number of the dispute."""

    dispute: int


async def state(request: Request, body: StatementBody) -> StatementAnswer:
    """Write down what an owner disputes."""
    second_factors: SecondFactorService = request.state["second_factors"]
    checks: CheckService = request.state["checks"]
    uuid = str(request.path_params["election"])
    owner = await second_factors.owner_of(uuid, body.owner_pass)
    if body.kind not in KINDS:
        raise RefusedError(
            Reason.NOT_ALLOWED,
            "这件事要看材料，请带身份证和材料到社区当面说。 This needs papers: bring them and your identity card to the community office.",
        )
    return StatementAnswer(dispute=await checks.dispute(uuid, body.kind, owner, owner, body.text, alone=True))


routes = [
    operation(
        "/api/elections/{election}/owner/disputes",
        state,
        method="POST",
        body=StatementBody,
        answer=StatementAnswer,
        status=201,
        summary="Write down what an owner disputes who had letter and code",
    )
]
