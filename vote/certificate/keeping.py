"""Requests to open a named ballot, and what is destroyed once disputes are over: both recorded, neither done here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import rfc8785

from crypto.encoding import hex_digest
from crypto.errors import CryptoError
from crypto.signature import SigningKey, sign
from crypto.trustees import decode_trustees
from vote.certificate import opening_request
from vote.certificate.opening_request import OpeningReason, OpeningRequest
from vote.certificate.owners import OwnerDesk
from vote.certificate.store import CertificateStore
from vote.credential.statement import decode_destroyed
from vote.db import database_now, transaction
from vote.election import rules as election_rules
from vote.election.rules import Secrecy, State
from vote.election.store import ElectionStore, StoredElection
from vote.election.terms import encode_moment
from vote.errors import Reason, RefusedError
from vote.log.rules import Facts, Kind
from vote.log.store import LogStore
from vote.trustee.destruction import decode_destruction, verify_destroyed

TRUSTEE_KEYS, LETTERS = "trustee-keys", "letters"


@dataclass(frozen=True, slots=True)
class OpeningService:
    """Requests to open named ballots."""

    store: CertificateStore
    elections: ElectionStore
    log: LogStore
    owners: OwnerDesk
    signing_key: SigningKey = field(repr=False)

    async def request(self, uuid: str, tracker: str, reason: str) -> bytes:
        """Record that a ballot is to be opened, tell its owner, and return the signed request for the office.

        Raises:
            RefusedError: the election is secret or not counted, no such ballot counts, the reason is none, or it is an
                objection and none waits for its answer.
        """
        if reason not in set(OpeningReason):
            raise RefusedError(
                Reason.MALFORMED,
                f"A ballot is opened for one of {', '.join(OpeningReason)} only.",
                zh="请选为什么要拆开这张票，只有列出的几种原因。",
            )
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            await self._require_allowed(stored, OpeningReason(reason))
            found = await self.store.find_effective(uuid, tracker)
            if found is None:
                raise RefusedError(
                    Reason.NOT_FOUND,
                    "No ballot that counts has this receipt: compare it again.",
                    zh="没有计入的票是这个查票码，请再核对一遍。",
                )
            now, number = await database_now(), await self.store.count_requests(uuid) + 1
            message = await self.owners.tell_opening(stored, found.entitlement, reason)
            request = opening_request.encode_request(
                OpeningRequest(
                    election=uuid,
                    fingerprint=stored.sealed().fingerprint,
                    number=number,
                    tracker=tracker,
                    reason=OpeningReason(reason),
                    requested_at=encode_moment(now),
                    told=message is not None,
                )
            )
            signature = sign(self.signing_key, opening_request.DOMAIN, request)
            document = opening_request.encode_signed_request(request, signature)
            await self.store.add_request(uuid, found.ballot, reason, document, now)
            facts: Facts = {"election": uuid, "request": number, "reason": reason}
            await self.log.append(stored.draft.estate, Kind.OPENING_REQUESTED, facts, now)
        if message is not None:
            await self.owners.messages.send(message)
        return document

    async def document(self, uuid: str, number: int) -> bytes:
        """Return a signed request again, by its number from 1; nothing is recorded.

        Raises:
            RefusedError: there is none.
        """
        requests = await self.store.requests(uuid)
        if not 1 <= number <= len(requests):
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no request of this number in this election.",
                zh="这次投票没有这个申请，请刷新后再看。",
            )
        return requests[number - 1].document

    async def published(self, uuid: str) -> bytes:
        """Return `openings.json`: how often a ballot was to be opened, when and why, but not whose.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        await self.elections.get(uuid)
        listed: Sequence[dict[str, str | int]] = [
            {"number": number, "reason": request.reason, "requested_at": encode_moment(request.requested_at)}
            for number, request in enumerate(await self.store.requests(uuid), start=1)
        ]
        return rfc8785.dumps({"version": 1, "election": uuid, "openings": listed})

    async def _require_allowed(self, stored: StoredElection, reason: OpeningReason) -> None:
        if stored.draft.secrecy is not Secrecy.NAMED:
            raise RefusedError(
                Reason.NOT_ALLOWED,
                "This election is secret: nobody can open a single ballot, on any request.",
                zh="这次是无记名投票，谁也不能拆开单张票。",
            )
        election_rules.require_state(stored.state, State.PRELIMINARY, State.CERTIFIED)
        objections = await self.store.objections(stored.uuid)
        if reason is OpeningReason.OBJECTION and all(each.outcome is not None for each in objections):
            raise RefusedError(
                Reason.WRONG_STATE,
                "No objection waits for its answer: give the reason for which the ballot is opened.",
                zh="没有等着答复的异议，不能以这个原因拆票。请换对原因。",
            )


@dataclass(frozen=True, slots=True)
class RetentionService:
    """What was destroyed."""

    store: CertificateStore
    elections: ElectionStore
    log: LogStore

    async def trustee_destroyed(self, uuid: str, trustee: int, data: bytes) -> None:
        """Record a trustee's word that the own key is destroyed.

        Raises:
            RefusedError: the election is not certified, or it is not this trustee's word about this election.
        """
        try:
            word = decode_destruction(data)
            stored = await self.elections.get(uuid)
            election_rules.require_state(stored.state, State.CERTIFIED, State.ANNULLED)
            files = stored.sealed()
            if (word.election, word.fingerprint, word.trustee) != (uuid, files.fingerprint, trustee):
                raise RefusedError(
                    Reason.CONFLICT,
                    "This word is of another election or trustee: bring your own.",
                    zh="这份文件是另一次投票或另一位开箱人的，请交自己的那一份。",
                )
            verify_destroyed(word, decode_trustees(files.trustees).verification_key(trustee))
        except CryptoError as error:
            raise RefusedError(
                Reason.MALFORMED, f"{error}.", zh="交来的文件读不懂，请选做好的那个文件再交一次。"
            ) from None
        await self._record(uuid, TRUSTEE_KEYS, trustee, data, Kind.TRUSTEE_DESTROYED)

    async def letters_destroyed(self, uuid: str, data: bytes) -> None:
        """Record the registrar's word that the sealed letters are destroyed.

        Raises:
            RefusedError: the election is not certified, or it is no word about this election.
        """
        try:
            word = decode_destroyed(data)
        except CryptoError as error:
            raise RefusedError(
                Reason.MALFORMED, f"{error}.", zh="交来的文件读不懂，请选做好的那个文件再交一次。"
            ) from None
        stored = await self.elections.get(uuid)
        election_rules.require_state(stored.state, State.CERTIFIED, State.ANNULLED)
        if word.election != uuid:
            raise RefusedError(
                Reason.CONFLICT,
                "This word is of another election: bring the one about this election.",
                zh="这份文件是另一次投票的，请交这次投票的。",
            )
        await self._record(uuid, LETTERS, 1, data, Kind.LETTERS_DESTROYED)

    async def published(self, uuid: str) -> bytes:
        """Return `retention.json`: what was destroyed, and when.

        Raises:
            RefusedError: there is no election of this uuid.
        """
        await self.elections.get(uuid)
        steps: Sequence[dict[str, str | int]] = [
            {"what": kind, "number": slot, "at": encode_moment(at)} for kind, slot, at in await self.store.steps(uuid)
        ]
        return rfc8785.dumps({"version": 1, "election": uuid, "steps": steps})

    async def _record(self, uuid: str, what: str, slot: int, body: bytes, kind: Kind) -> None:
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            now = await database_now()
            if await self.store.add_step(uuid, what, slot, body, now):
                facts: Facts = {"election": uuid, "number": slot, "word": hex_digest(body)}
                await self.log.append(stored.draft.estate, kind, facts, now)
