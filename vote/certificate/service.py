"""Compose certificates, take the offices' signatures, issue."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from crypto.errors import CryptoError
from crypto.signature import decode_public_key, decode_signature, encode_signature
from vote.certificate.composing import Composer
from vote.certificate.content import (
    CERTIFICATE,
    CORRECTION,
    REVOCATION,
    Certificate,
    certificate_digest,
    decode_certificate,
    encode_certificate,
)
from vote.certificate.pades import Prepared, prepare_sheet, verify_sheet
from vote.certificate.rules import Issue
from vote.certificate.sheet import render_sheet
from vote.certificate.signed import (
    OfficeSignature,
    SignedCertificate,
    decode_office_signature,
    encode_signed,
    verify_office_signature,
)
from vote.certificate.store import CertificateStore, Signing, StoredCertificate
from vote.certificate.weighing import Weighing
from vote.db import database_now, transaction
from vote.election import rules as election_rules
from vote.election.manifest import Manifest, decode_manifest
from vote.election.office import decode_office
from vote.election.rules import State
from vote.election.store import ElectionStore, StoredElection
from vote.election.terms import OFFICES, OFFICES_ZH
from vote.errors import ContradictionError, Reason, RefusedError
from vote.log.rules import Facts, Kind, encode_entry
from vote.log.store import LogStore
from vote.log.watching import Watching

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class CertificateService:
    """Certificates. Typesetting and signature checks run in the processes of `executor`."""

    store: CertificateStore
    elections: ElectionStore
    composer: Composer
    log: LogStore
    executor: Executor
    watching: Watching | None = None
    """Knows what people outside saw of the log; None where nobody is asked."""

    async def compose(self, uuid: str, kind: str, reason: str | None) -> bytes:
        """Compose the next certificate and return its JSON, which the offices are to sign.

        One that nobody has signed yet is composed anew.

        Raises:
            RefusedError: there is no result, an objection waits, the time for objections runs, or one is being signed.
        """
        stored = await self.elections.get(uuid)
        issue = await self._issue(stored, kind, reason)
        certificate = await self.composer.compose(stored, issue)
        await self._run(render_sheet, certificate)
        body = encode_certificate(certificate)
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            election_rules.require_state(stored.state, State.PRELIMINARY, State.CERTIFIED)
            last = await self.store.last(uuid, lock=True)
            if last and last.number >= issue.number and (last.signatures or last.issued_at):
                raise _being_signed()
            await self.store.keep(uuid, issue.number, kind, body, await database_now())
        return body

    async def draft(self, uuid: str) -> bytes:
        """Return the JSON of the certificate that waits for signatures.

        Raises:
            RefusedError: none does.
        """
        return (await self._waiting(uuid)).body

    async def draft_pdf(self, uuid: str) -> bytes:
        """Return the PDF that the next office signs: with the signatures so far, or newly set.

        Raises:
            RefusedError: no certificate waits.
        """
        waiting = await self._waiting(uuid)
        if waiting.pdf is not None:
            return waiting.pdf
        return await self._run(render_sheet, decode_certificate(waiting.body))

    async def prepare(self, uuid: str, office: str) -> Prepared:
        """Return the PDF that waits, with everything of an office's signature but the signature itself.

        Raises:
            RefusedError: none waits, or it is another office's turn.
        """
        waiting = await self._waiting(uuid)
        _require_turn(waiting, office)
        own = decode_office((await self.elections.offices(uuid))[office])
        pdf, now = await self.draft_pdf(uuid), (await database_now()).replace(microsecond=0)
        return await self._run(prepare_sheet, pdf, decode_certificate(waiting.body), office, own.x509, now)

    async def signing(self, uuid: str) -> Signing | None:
        """Return how far the latest certificate is; None if none was composed."""
        return await self.store.signing(uuid)

    async def moments(self, uuid: str) -> tuple[datetime | None, datetime | None]:
        """Return when the ballots were checked and when the totals were opened, if they were."""
        found, result = await self.composer.checks.find(uuid), await self.composer.tallies.find_result(uuid)
        return (found.checked_at if found else None), (result.opened_at if result else None)

    async def weigh(self, uuid: str) -> Weighing:
        """Return how firmly the outcomes of a preliminary result stand as things are now.

        Raises:
            RefusedError: there is no result.
        """
        stored = await self.elections.get(uuid)
        election_rules.require_state(stored.state, State.PRELIMINARY, State.CERTIFIED)
        return await self.composer.weigh(stored)

    async def waiting(self, uuid: str) -> StoredCertificate | None:
        """Return the certificate that waits for signatures, with those it has; None if none does."""
        last = await self.store.last(uuid)
        return None if last is None or last.issued_at is not None else last

    async def sign(self, uuid: str, office: str, data: bytes, pdf: bytes) -> bool:
        """Take an office's signature of the JSON and of the PDF; issue when all have signed. Return whether it is issued.

        Raises:
            RefusedError: none waits, it is another office's turn, or a signature does not hold.
        """
        waiting = await self._waiting(uuid)
        manifest = decode_manifest((await self.elections.get(uuid)).sealed().manifest)
        certificate = decode_certificate(waiting.body)
        try:
            signature = decode_office_signature(data)
            if signature.office != office:
                raise RefusedError(
                    Reason.CONFLICT,
                    "This is another office's signature: bring your own.",
                    zh="这是别的单位的签章，请用自己单位的。",
                )
            verify_office_signature(signature, certificate, manifest.offices)
            signed = await self._run(verify_sheet, pdf, certificate, dict(manifest.offices))
        except CryptoError as error:
            raise RefusedError(Reason.MALFORMED, f"{error}.", zh="交来的签章读不懂，请重新签一次。") from None
        async with transaction():
            stored = await self.elections.get(uuid, lock=True)
            last = await self.store.last(uuid, lock=True)
            if last is None or last.issued_at or last.body != waiting.body:
                raise RefusedError(
                    Reason.CONFLICT,
                    "The certificate was composed anew meanwhile: sign the new one.",
                    zh="结果刚刚重新做过，请打开新的那一份签章。",
                )
            _require_turn(last, office)
            _require_signed(last, office, signed)
            now = await database_now()
            await self.store.sign(last.id, office, encode_signature(signature.signature), pdf, now)
            if office != OFFICES[-1]:
                return False
            estate = stored.draft.estate
            if self.watching and await self.watching.is_watched(estate):
                await self.log.append(estate, Kind.CERTIFICATE_COMPLETED, _completed(uuid, certificate), now)
                return False
            await self._issue_now(stored, last, certificate, now)
        return True

    async def issue_due(self) -> int:
        """Issue what every office has signed, once people outside saw that or three days are over; return how many."""
        done = 0
        for uuid in await self.store.complete(len(OFFICES)):
            waiting = await self._waiting(uuid)
            certificate, estate = decode_certificate(waiting.body), (await self.elections.get(uuid)).draft.estate
            told = encode_entry(Kind.CERTIFICATE_COMPLETED, _completed(uuid, certificate)).decode()
            if self.watching and not await self.watching.may_go_on(estate, Kind.CERTIFICATE_COMPLETED, told):
                continue
            async with transaction():
                stored = await self.elections.get(uuid, lock=True)
                last = await self.store.last(uuid, lock=True)
                if last and last.id == waiting.id and last.issued_at is None:
                    await self._issue_now(stored, last, certificate, await database_now())
                    done += 1
        return done

    async def issued(self, uuid: str, number: int | None = None) -> bytes:
        """Return `certificate.json`: the one that counts, or the one of a number.

        Raises:
            RefusedError: there is none.
        """
        found = await self._issued(uuid, number)
        manifest = decode_manifest((await self.elections.get(uuid)).sealed().manifest)
        return encode_signed(SignedCertificate(decode_certificate(found.body), _signatures(found, manifest)))

    async def issued_pdf(self, uuid: str, number: int | None = None) -> bytes:
        """Return `certificate.pdf`: the one that counts, or the one of a number.

        Raises:
            RefusedError: there is none.
        """
        return (await self._issued(uuid, number)).pdf or b""

    async def _issued(self, uuid: str, number: int | None) -> StoredCertificate:
        await self.elections.get(uuid)
        found = await (self.store.last_issued(uuid) if number is None else self.store.find(uuid, number))
        if found is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "There is no certificate yet: it follows the time for objections.",
                zh="还没有签章的结果，要等异议期过后才有。",
            )
        return found

    async def _waiting(self, uuid: str) -> StoredCertificate:
        await self.elections.get(uuid)
        waiting = await self.waiting(uuid)
        if waiting is None:
            raise RefusedError(
                Reason.NOT_FOUND,
                "No certificate waits for signatures: the organiser composes it.",
                zh="现在没有等着签章的结果，请组织单位先做好。",
            )
        return waiting

    async def _issue(self, stored: StoredElection, kind: str, reason: str | None) -> Issue:
        """Return which certificate comes next."""
        now = (await database_now()).replace(microsecond=0)
        if kind == CERTIFICATE:
            election_rules.require_state(stored.state, State.PRELIMINARY)
            return Issue(now)
        if kind not in {CORRECTION, REVOCATION}:
            raise RefusedError(
                Reason.MALFORMED,
                f"A certificate is a {CERTIFICATE}, {CORRECTION} or {REVOCATION}: give its kind.",
                zh="请选要做的是结果、更正还是撤销。",
            )
        election_rules.require_state(stored.state, State.CERTIFIED)
        if reason is None:
            raise RefusedError(
                Reason.MALFORMED, "A correction or revocation says why: give its reason.", zh="请写为什么更正或撤销。"
            )
        before = await self.store.last_issued(stored.uuid)
        if before is None:
            raise ContradictionError(f"election {stored.uuid} is certified and has no certificate")
        if before.kind == REVOCATION:
            raise RefusedError(
                Reason.CONFLICT,
                "The certificate is revoked: nothing follows a revocation.",
                zh="这份结果已经撤销，后面不能再出别的。",
            )
        return Issue(now, kind, before.number + 1, certificate_digest(decode_certificate(before.body)), reason)

    async def _issue_now(
        self, stored: StoredElection, last: StoredCertificate, certificate: Certificate, now: datetime
    ) -> None:
        await self.store.issue(last.id, now)
        if certificate.kind == CERTIFICATE:
            await self.elections.advance(stored.uuid, State.PRELIMINARY, State.CERTIFIED)
        entry: Facts = {
            "election": stored.uuid,
            "number": certificate.number,
            "certificate_kind": certificate.kind,
            "certificate": certificate_digest(certificate),
        }
        await self.log.append(stored.draft.estate, Kind.CERTIFICATE_ISSUED, entry, now)

    async def _run(self, work: Callable[..., _T], *arguments: Any) -> _T:  # noqa: ANN401 - of any work
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, work, *arguments)


def _completed(uuid: str, certificate: Certificate) -> Facts:
    return {"election": uuid, "number": certificate.number, "certificate": certificate_digest(certificate)}


def _require_turn(last: StoredCertificate, office: str) -> None:
    before = [name for name, _ in last.signatures]
    if office in before:
        raise RefusedError(
            Reason.CONFLICT,
            "This office has signed already; nothing is replaced.",
            zh="这个单位已经签过章了，什么都没有改。",
        )
    if office != OFFICES[len(before)]:
        raise RefusedError(
            Reason.WRONG_STATE,
            f"The offices sign in the order {', '.join(OFFICES)}: it is the turn of {OFFICES[len(before)]}.",
            zh=f"签章有先后，现在轮到{OFFICES_ZH[OFFICES[len(before)]]}。请等他们签完。",
        )


def _require_signed(last: StoredCertificate, office: str, signed: Sequence[str]) -> None:
    if list(signed) != [*(name for name, _ in last.signatures), office]:
        raise RefusedError(
            Reason.MALFORMED,
            "The PDF does not hold the signatures so far and this office's: sign the PDF from here.",
            zh="这份PDF里没有前面各单位的签章，或者没有您的。请从这里下载，签好再交。",
        )


def _signatures(found: StoredCertificate, manifest: Manifest) -> tuple[OfficeSignature, ...]:
    return tuple(
        OfficeSignature(office, decode_public_key(manifest.offices[office].signing), decode_signature(signature))
        for office, signature in found.signatures
    )


def _being_signed() -> RefusedError:
    return RefusedError(
        Reason.CONFLICT,
        "An office has signed this certificate already: let the others sign it, then correct it.",
        zh="已经有单位在这份结果上签章，请等其他单位签完，再出更正。",
    )
