"""Settings, read once from the environment (prefix `VOTE_`) and then fixed.

Secrets come from files (`VOTE_…_FILE`), so that neither the process list nor a crash report shows them.
`vote db upgrade` makes the four key files where they are missing; docs/operators.md says what each is worth.
"""

import os
import secrets
from functools import cache
from pathlib import Path

from pydantic import SecretBytes
from pydantic_settings import BaseSettings, SettingsConfigDict

from vote.errors import Reason, RefusedError

DEFAULT_DATABASE = "sqlite://var/vote.db"


class Settings(BaseSettings):
    """What an installation may choose. Each field is the variable `VOTE_` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="VOTE_", frozen=True, extra="ignore")

    db: str = DEFAULT_DATABASE
    """Database URL, `sqlite://PATH` or `asyncpg://USER:PASSWORD@HOST:PORT/NAME`."""
    data_key_file: Path = Path("var/data.key")
    """32 bytes in hex that seal personal data at rest; lost means the roll's names are lost."""
    signing_key_file: Path = Path("var/signing.key")
    """32 bytes in hex: the Ed25519 key with which the platform signs its promises."""
    log_key_file: Path = Path("var/log.key")
    """32 bytes in hex, from which each public log's signing key is derived."""
    log_ml_dsa: bool = False
    """Whether the public logs' checkpoints carry a second signature, by ML-DSA-44."""
    log_export: str = ""
    """Where public logs are copied as soon as they grow, a folder or `s3://BUCKET/PREFIX`; empty for nowhere."""
    log_s3_endpoint: str = ""
    """Address of whoever keeps the bucket; empty for Amazon's own."""
    log_s3_region: str = ""
    """Where the bucket lies, as its keeper calls it."""
    log_s3_key_file: Path = Path("var/log-s3.key")
    """The key's id and secret, two words; for a bucket only."""
    log_stamps: str = ""
    """Address of a time stamp authority (RFC 3161) that stamps checkpoints; empty for none."""
    log_stamps_root_file: Path = Path("var/log-stamps.pem")
    """Certificates, in PEM, by which the authority's stamps are verified; for one only."""
    staff_token_file: Path = Path("var/staff.token")
    """The word that lets staff in until the pages bring real sign-in."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    """Where owners reach this installation; stands in promises."""
    checkers: int = os.cpu_count() or 1
    """Processes that check ballots."""
    messages: str = ""
    """What takes messages to owners' phones: `aliyun`, `tencent`, or in a rehearsal `console` or `file:PATH`."""
    messages_key_file: Path = Path("var/messages.key")
    """The key's id and secret, two words; for `aliyun` and `tencent` only."""
    messages_approved_file: Path = Path("var/messages.json")
    """What the service approved: signature and sentences (`vote.message.choice`); for `aliyun` and `tencent` only."""
    oidc_issuer: str = ""
    """Address of an OpenID Connect provider through which staff may sign in too; empty for none."""
    oidc_client_id: str = ""
    """What this installation is called there."""
    oidc_client_secret_file: Path = Path("var/oidc.secret")
    """The word that the provider gave it."""
    oidc_name: str = "单位账号"
    """What the provider is called on the page of signing in."""
    metrics: bool = False
    """Whether figures for Prometheus are served, to whoever has the key in `metrics_token_file`."""
    metrics_token_file: Path = Path("var/metrics.token")
    """The word that opens the figures."""
    demo: bool = False
    """True only under `vote demo`: elections carry DEMO in their names, others are refused."""

    @property
    def secure(self) -> bool:
        """Whether owners and staff reach this installation under TLS."""
        return self.public_url.startswith("https://")

    @property
    def log_host(self) -> str:
        """What the names of public logs begin with: the public address without its scheme."""
        return self.public_url.partition("://")[2].rstrip("/")

    def data_key(self) -> SecretBytes:
        """Return the key for personal data.

        Raises:
            RefusedError: the file is missing or no key.
        """
        return _read_key(self.data_key_file)

    def signing_key(self) -> SecretBytes:
        """Return the seed of the platform's signing key.

        Raises:
            RefusedError: the file is missing or no key.
        """
        return _read_key(self.signing_key_file)

    def log_key(self) -> SecretBytes:
        """Return the key from which those of the public logs are derived.

        Raises:
            RefusedError: the file is missing or no key.
        """
        return _read_key(self.log_key_file)

    def staff_token(self) -> str:
        """Return the staff's word.

        Raises:
            RefusedError: the file is missing or holds no word.
        """
        return _read_word(self.staff_token_file)

    def metrics_token(self) -> str:
        """Return the word that opens the figures.

        Raises:
            RefusedError: the file is missing or holds no word.
        """
        return _read_word(self.metrics_token_file)

    def log_s3_key(self) -> tuple[str, str]:
        """Return id and secret of the key to the bucket of public logs.

        Raises:
            RefusedError: the file is missing or does not hold two words.
        """
        words = _read_word(self.log_s3_key_file).split()
        if len(words) != 2:  # noqa: PLR2004 - id and secret
            raise RefusedError(
                Reason.MALFORMED, f"The key file {self.log_s3_key_file.name} must hold two words: id and secret."
            )
        return words[0], words[1]

    def oidc_client_secret(self) -> str:
        """Return the word that the OpenID Connect provider gave.

        Raises:
            RefusedError: the file is missing or holds no word.
        """
        return _read_word(self.oidc_client_secret_file)

    def key_files(self) -> tuple[Path, ...]:
        """Return the key files that this installation needs."""
        always = (self.data_key_file, self.signing_key_file, self.log_key_file, self.staff_token_file)
        return (*always, self.metrics_token_file) if self.metrics else always


@cache
def get_settings() -> Settings:
    """Read the settings, once in a process."""
    return Settings()


def make_missing_keys(settings: Settings) -> list[Path]:
    """Create each key file that does not exist, readable by its owner alone; return those made."""
    made = []
    for path in settings.key_files():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
                file.write(secrets.token_hex(32) + "\n")
            made.append(path)
        except FileExistsError:
            continue
    return made


def _read_text(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise RefusedError(
            Reason.NOT_FOUND, f"The key file {path.name} cannot be read; run `vote db upgrade` or mount it."
        ) from None


def _read_word(path: Path) -> str:
    word = _read_text(path)
    if not word:
        raise RefusedError(Reason.MALFORMED, f"The key file {path.name} is empty: write a word.")
    return word


def _read_key(path: Path) -> SecretBytes:
    try:
        key = bytes.fromhex(_read_text(path))
    except ValueError:
        key = b""
    if len(key) != 32:  # noqa: PLR2004 - 256 bits
        raise RefusedError(Reason.MALFORMED, f"The key file {path.name} must hold 64 hex digits.")
    return SecretBytes(key)
