"""What registrars find in an archive that is theirs, and in one that is not."""

from dataclasses import dataclass, replace

import pytest
from typer.testing import CliRunner

from crypto.credential import WeightedCredential, public_credential
from crypto.credential_part import CredentialParts, Side, prove_part
from crypto.errors import VerificationError
from tests.key_parts import prove_parts
from tests.simulator import UUID, ElectionSimulator
from tests.strategies import seeded
from vote.credential.command import app
from vote.credential.own_list import verify_own_list
from vote.credential.rules import PublicLine, PublicList, Request, RequestLine, encode_public_list, encode_request

BASE = 10
LETTERS = (11, 12, 13)
REQUEST = Request(
    UUID, "大会", BASE, tuple(RequestLine(number, 9000 * BASE * number + 1, ("1室",), "张*") for number in (1, 2, 3)), 2
)


@dataclass(frozen=True)
class Made:
    """Request, list, what was sealed, and the parts."""

    request: Request
    public: PublicList
    sealed: tuple[WeightedCredential, ...]
    parts: tuple[CredentialParts, ...] | None

    def verify(self) -> None:
        verify_own_list(self.request, self.public, self.sealed, self.parts)


def _weighted(credentials: list[str]) -> tuple[WeightedCredential, ...]:
    pairs = zip(credentials, REQUEST.lines, strict=True)
    return tuple(WeightedCredential(credential, line.weight) for credential, line in pairs)


def _two_parts() -> Made:
    entries = [prove_parts(UUID, letter, letter + 100, letter) for letter in LETTERS]
    lines = tuple(
        PublicLine(number, entry.letter.public, entry.letter.proof, f"04HM-ASW{number}")
        for number, entry in enumerate(entries, start=1)
    )
    sealed = _weighted([entry.credential for entry in entries])
    return Made(REQUEST, PublicList(UUID, lines), sealed, tuple(entries))


def _one_part() -> Made:
    credentials = [public_credential(letter) for letter in LETTERS]
    lines = tuple(PublicLine(number, each) for number, each in enumerate(credentials, start=1))
    return Made(REQUEST, PublicList(UUID, lines), _weighted(credentials), None)


MADE = {"one part": _one_part(), "two parts": _two_parts()}


@pytest.fixture(params=MADE)
def made(request: pytest.FixtureRequest) -> Made:
    return MADE[request.param]


def test_the_own_list_is_found_to_be_the_own_list(made: Made) -> None:
    made.verify()


def test_another_key_in_the_place_of_a_letters_is_found(made: Made) -> None:
    lines = list(made.public.lines)
    lines[1] = lines[1]._replace(credential=public_credential(99))
    with pytest.raises(VerificationError, match=r"^entitlement 2: another key was sealed than the one in its letter"):
        replace(made, public=PublicList(UUID, tuple(lines))).verify()


def test_another_weight_is_found(made: Made) -> None:
    sealed = (made.sealed[0]._replace(weight=10001), *made.sealed[1:])
    with pytest.raises(
        VerificationError, match=r"^entitlement 1: its credential weighs 10001, and 90001 by the request"
    ):
        replace(made, sealed=sealed).verify()


def test_a_credential_without_a_letter_is_found(made: Made) -> None:
    short, public = made.request._replace(lines=made.request.lines[:2]), PublicList(UUID, made.public.lines[:2])
    with pytest.raises(VerificationError, match=r"^3 credentials were sealed for 2 letters"):
        replace(made, request=short, public=public).verify()


def test_a_request_of_other_entitlements_is_refused(made: Made) -> None:
    other = made.request._replace(lines=made.request.lines[1:])
    with pytest.raises(VerificationError, match="not of the same entitlements"):
        replace(made, request=other).verify()


def test_keys_of_another_number_of_parts_are_refused() -> None:
    with pytest.raises(VerificationError, match="another number of parts"):
        replace(MADE["two parts"], parts=None).verify()
    with pytest.raises(VerificationError, match="another number of parts"):
        replace(MADE["one part"], parts=MADE["two parts"].parts).verify()


def test_a_part_of_the_platform_without_its_proof_is_found() -> None:
    made = MADE["two parts"]
    assert made.parts is not None
    first = made.parts[0]
    wrong = first._replace(platform=first.platform._replace(proof=first.letter.proof))
    with pytest.raises(VerificationError, match="the platform part"):
        replace(made, parts=(wrong, *made.parts[1:])).verify()


def test_the_command_reads_an_archive_of_keys_with_one_part(tmp_path) -> None:
    simulator = ElectionSimulator()
    lines = tuple(
        RequestLine(number, simulator.weigh(area, simulator.base), ("1室",), "张*")
        for number, area in enumerate(simulator.areas, start=1)
    )
    listed = tuple(PublicLine(number, public_credential(key)) for number, key in enumerate(simulator.secrets, start=1))
    (tmp_path / "request.json").write_bytes(encode_request(Request(UUID, "大会", simulator.base, lines)))
    (tmp_path / "public.json").write_bytes(encode_public_list(PublicList(UUID, listed)))
    (tmp_path / "e.bel").write_bytes(simulator.setup_archive)
    words = ["check", "--request", "request.json", "--public", "public.json", "--archive", "e.bel"]
    arguments = [str(tmp_path / word) if "." in word else word for word in words]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert simulator.setup.election.fingerprint in result.stdout
    part = prove_part("Ddp2RtfN1U8EFV", Side.LETTER, 5, seeded(1))
    other = PublicList("Ddp2RtfN1U8EFV", (PublicLine(1, part.public),))
    (tmp_path / "public.json").write_bytes(encode_public_list(other))
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, "The files are of different elections" in result.stderr) == (1, True)
