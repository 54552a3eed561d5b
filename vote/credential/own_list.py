"""Decides whether the credentials that were sealed are those that the registrars made, with the weights they were asked for.

* One credential for each letter, and none besides: a platform that put another key in the place of a letter's could vote
  for its owner, who would notice only when voting.
* Where keys have two parts, each credential is the product of the letter's part and of one whose maker proves that it
  knows it: so nobody chose it to cancel the letter's.
* Each credential weighs what its entitlement's line in the request says.

Follows product.md §3, SPEC.md §14. Not here: making the list (`command`), the roll behind the request.
"""

from collections.abc import Sequence

from crypto.credential import WeightedCredential
from crypto.credential_part import CredentialParts, Run, verify_parts
from crypto.errors import VerificationError
from vote.credential.rules import PublicList, Request


def verify_own_list(
    request: Request,
    public: PublicList,
    sealed: Sequence[WeightedCredential],
    parts: Sequence[CredentialParts] | None,
    run: Run = map,
) -> None:
    """Raise unless the sealed credentials are the registrars' own.

    Args:
        request: from which the letters were made.
        public: the list that the registrars handed in.
        sealed: the credentials of the archive.
        parts: from `parts.json`; None where keys have one part.
        run: maps a function over slices in order, in as many processes as it likes.

    Raises:
        MalformedError: a part is no point.
        VerificationError: they are not; the sentence names the entitlement.
    """
    if [line.entitlement for line in public.lines] != [line.entitlement for line in request.lines]:
        raise VerificationError("the list and the request are not of the same entitlements: give those of one election")
    if (parts is None) != (public.credential_parts == 1):
        raise VerificationError("the list was made for keys with another number of parts than parts.json says")
    weights = {each.public: each.weight for each in sealed}
    whole = {line.credential: line.credential for line in public.lines}
    if parts is not None:
        verify_parts(public.election, parts, weights, run)
        whole = {entry.letter.public: entry.credential for entry in parts}
    for line, asked in zip(public.lines, request.lines, strict=True):
        credential = whole.get(line.credential)
        if credential is None or credential not in weights:
            raise VerificationError(
                f"entitlement {line.entitlement}: another key was sealed than the one in its letter; whoever made it "
                "could vote for its owner, so let nobody vote in this election"
            )
        if weights[credential] != asked.weight:
            raise VerificationError(
                f"entitlement {line.entitlement}: its credential weighs {weights[credential]}, and {asked.weight} by the "
                "request: the areas were exchanged"
            )
    if len(weights) != len(public.lines):
        raise VerificationError(
            f"{len(weights)} credentials were sealed for {len(public.lines)} letters: somebody has a vote without a letter"
        )
