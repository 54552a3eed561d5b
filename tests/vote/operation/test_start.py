"""Settings are checked at the start: a sentence for each that is wrong, in both languages, and no secret in any."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import typer

from vote.config import Settings, make_missing_keys
from vote.operation.start import OF_COMMANDS, Finding, describe, read_settings, require_settings

Read = Callable[..., tuple[Settings | None, list[Finding]]]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of an installation with which nothing is wrong, and nothing else."""
    for name in [name for name in os.environ if name.startswith("VOTE_")]:
        monkeypatch.delenv(name)
    environment = {
        "VOTE_DB": f"sqlite://{tmp_path}/vote.db",
        "VOTE_DATA_KEY_FILE": f"{tmp_path}/data.key",
        "VOTE_SIGNING_KEY_FILE": f"{tmp_path}/signing.key",
        "VOTE_LOG_KEY_FILE": f"{tmp_path}/log.key",
        "VOTE_STAFF_TOKEN_FILE": f"{tmp_path}/staff.token",
        "VOTE_METRICS_TOKEN_FILE": f"{tmp_path}/metrics.token",
        "VOTE_PUBLIC_URL": "https://vote.example.org",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "vote.db").touch()
    make_missing_keys(Settings())
    return environment


@pytest.fixture
def read(base: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read the settings with some variables changed."""

    def reading(changes: Mapping[str, str] | None = None, **options: bool) -> tuple[Settings | None, list[Finding]]:
        for name, value in (changes or {}).items():
            monkeypatch.setenv(name, value)
        return read_settings({**base, **(changes or {})}, **options)

    return reading


def test_nothing_is_wrong_with_a_good_installation(read: Read) -> None:
    settings, found = read()
    assert settings is not None
    assert found == []


WRONG = {
    ("VOTE_PORT", "http"): "must be a whole number",
    ("VOTE_PORT", "0"): "must be from 1 to 65535",
    ("VOTE_PORT", "65536"): "must be from 1 to 65535",
    ("VOTE_CHECKERS", "0"): "must be from 1 to 256",
    ("VOTE_CHECKERS", "many"): "must be a whole number",
    ("VOTE_DEMO", "perhaps"): "must be true or false",
    ("VOTE_METRICS", "perhaps"): "must be true or false",
    ("VOTE_HOST", " "): "must not be empty",
    ("VOTE_PUBLIC_URL", "vote.example.org"): "without a slash at its end",
    ("VOTE_PUBLIC_URL", "https://vote.example.org/"): "without a slash at its end",
    ("VOTE_PUBLIC_URL", "https://vote.example.org?x=1"): "without a slash at its end",
    ("VOTE_PUBLIC_URL", "https://vote.example.org#x"): "without a slash at its end",
    ("VOTE_PUBLIC_URL", "https://"): "without a slash at its end",
    ("VOTE_DB", "postgres://a:b@c/d"): "must be sqlite://PATH or asyncpg://",
    ("VOTE_DB", "asyncpg://a:b@c"): "must be sqlite://PATH or asyncpg://",
    ("VOTE_DB", "sqlite://"): "must be sqlite://PATH or asyncpg://",
    ("VOTE_DB", "sqlite://:memory:"): "must be sqlite://PATH or asyncpg://",
    ("VOTE_DB", "sqlite:///nowhere/vote.db"): "run `vote db upgrade` first",
    ("VOTE_DATA_KEY_FILE", "/nowhere/data.key"): "cannot be read; run `vote db upgrade` or mount it",
    ("VOTE_MESSAGES", "pigeon"): "must be console, file:PATH, aliyun or tencent",
    ("VOTE_MESSAGES", "console"): "which only a demonstration may",
    ("VOTE_LOG_ML_DSA", "maybe"): "must be true or false",
    ("VOTE_LOG_EXPORT", __file__): "is a file: name a folder",
    ("VOTE_LOG_EXPORT", "s3://"): "is no place for logs",
    ("VOTE_LOG_EXPORT", "s3://estates/public"): "cannot be read",
    ("VOTE_LOG_STAMPS", "https://stamps.example"): "is missing or cannot be read",
    ("VOTE_MESSAGES", "aliyun"): "cannot be read, which VOTE_MESSAGES=aliyun needs",
}


@pytest.mark.parametrize(("variable", "value"), WRONG)
def test_a_value_that_cannot_be_used_is_one_sentence(read: Read, variable: str, value: str) -> None:
    _, found = read({variable: value})
    (finding,) = [each for each in found if each.fatal]
    assert finding.variable == variable
    assert WRONG[variable, value] in finding.en
    chinese, english = finding.lines.splitlines()
    assert chinese.startswith(variable)
    assert chinese.endswith("。")
    assert english.startswith(f"{variable} ")
    assert english.endswith(".")


@pytest.mark.parametrize(
    "url",
    [
        "asyncpg://vote:word@db.example:5432/vote",
        "asyncpg://vote@/vote?host=/run/postgresql",
    ],
)
def test_addresses_of_postgresql_are_taken(read: Read, url: str) -> None:
    assert read({"VOTE_DB": url})[1] == []


def test_a_database_that_cannot_be_written_is_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be root, who writes everywhere."""
    monkeypatch.setattr("os.access", lambda *_: False)
    (finding,) = read()[1]
    assert (finding.variable, finding.fatal) == ("VOTE_DB", True)
    assert "must be writable" in finding.en


def test_several_values_are_told_at_once(read: Read) -> None:
    settings, found = read({"VOTE_PORT": "http", "VOTE_DEMO": "perhaps", "VOTE_PROT": "1"})
    assert settings is None
    assert {each.variable for each in found} == {"VOTE_PORT", "VOTE_DEMO", "VOTE_PROT"}


@pytest.mark.parametrize(
    ("name", "near"), [("VOTE_PROT", "VOTE_PORT"), ("VOTE_PUBLIC_ULR", "VOTE_PUBLIC_URL"), ("VOTE_XYZZY", None)]
)
def test_a_name_that_nobody_reads_is_told_with_the_nearest_known_one(read: Read, name: str, near: str | None) -> None:
    _, (finding,) = read({name: "1"})
    assert (finding.variable, finding.fatal) == (name, False)
    assert finding.en == (f"is no setting; did you mean {near}" if near else "is no setting")
    assert finding.zh == (f"没有这个设置，您是不是要写 {near}" if near else "没有这个设置")


@pytest.mark.parametrize("name", sorted(OF_COMMANDS))
def test_variables_of_one_command_are_known(read: Read, name: str) -> None:
    assert read({name: "1"})[1] == []


def test_a_public_address_without_tls_is_told_unless_it_is_this_machine(read: Read) -> None:
    _, (finding,) = read({"VOTE_PUBLIC_URL": "http://vote.example.org"})
    assert not finding.fatal
    assert "is not https" in finding.en
    for url in ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"):
        assert read({"VOTE_PUBLIC_URL": url})[1] == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_that_others_may_read_is_told(read: Read, tmp_path: Path, mode: int) -> None:
    (tmp_path / "data.key").chmod(mode)
    _, (finding,) = read()
    assert (finding.variable, finding.fatal) == ("VOTE_DATA_KEY_FILE", False)
    assert "chmod 600" in finding.en


def test_the_key_of_messages_is_looked_at_too(read: Read, tmp_path: Path) -> None:
    key = tmp_path / "messages.key"
    key.write_text("id secret")
    key.chmod(0o644)
    _, found = read({"VOTE_MESSAGES": "aliyun", "VOTE_MESSAGES_KEY_FILE": str(key)})
    assert "VOTE_MESSAGES_KEY_FILE" in {each.variable for each in found if not each.fatal}


def test_the_key_of_a_bucket_is_two_words_for_its_owner_alone(read: Read, tmp_path: Path) -> None:
    key = tmp_path / "s3.key"
    changes = {"VOTE_LOG_EXPORT": "s3://estates", "VOTE_LOG_S3_KEY_FILE": str(key), "VOTE_LOG_S3_REGION": "cn-east-1"}
    key.write_text("id\n")
    key.chmod(0o600)
    assert "must hold two words" in read(changes)[1][0].en
    key.write_text("id secret\n")
    assert read(changes)[1] == []
    key.chmod(0o644)
    _, (finding,) = read(changes)
    assert (finding.variable, finding.fatal) == ("VOTE_LOG_S3_KEY_FILE", False)


def test_stamps_need_a_certificate(read: Read, tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("nonsense")
    changes = {"VOTE_LOG_STAMPS": "https://stamps.example", "VOTE_LOG_STAMPS_ROOT_FILE": str(tmp_path / "root.pem")}
    assert "holds no certificate" in read(changes)[1][0].en


def test_the_key_of_the_figures_is_needed_only_with_them(read: Read, tmp_path: Path) -> None:
    assert read()[1] == []
    _, (finding,) = read({"VOTE_METRICS": "true"})
    assert (finding.variable, finding.fatal) == ("VOTE_METRICS_TOKEN_FILE", True)
    settings = Settings()
    assert make_missing_keys(settings) == [tmp_path / "metrics.token"]
    assert settings.metrics_token()
    assert read()[1] == []
    (tmp_path / "metrics.token").write_text("\n")
    assert "is empty" in read()[1][0].en


def test_before_the_first_upgrade_neither_keys_nor_database_are_there(read: Read, tmp_path: Path) -> None:
    for name in ("vote.db", "data.key", "signing.key", "log.key", "staff.token"):
        (tmp_path / name).unlink()
    assert {each.variable for each in read()[1]} == {
        "VOTE_DB",
        "VOTE_DATA_KEY_FILE",
        "VOTE_SIGNING_KEY_FILE",
        "VOTE_LOG_KEY_FILE",
        "VOTE_STAFF_TOKEN_FILE",
    }
    assert [each.variable for each in read(keys=False)[1]] == ["VOTE_DB"]
    assert read(keys=False, database=False)[1] == []


@pytest.mark.usefixtures("read")
def test_a_program_ends_with_2_and_the_sentences(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert require_settings().public_url == "https://vote.example.org"
    monkeypatch.setenv("VOTE_PORT", "http")
    with pytest.raises(typer.Exit) as ended:
        require_settings()
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == "VOTE_PORT 要是整数。\nVOTE_PORT must be a whole number, as 8000.\n"


@pytest.mark.usefixtures("read")
def test_what_is_only_unwise_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOTE_PROT", "1")
    (tmp_path / "data.key").chmod(0o644)
    require_settings()
    assert capsys.readouterr().err.count("\n") == 4


def test_no_secret_is_told(read: Read, tmp_path: Path) -> None:
    word = "a-very-secret-word"
    (tmp_path / "data.key").write_text(word)
    settings, found = read({"VOTE_DB": f"postgres://vote:{word}@db/vote", "VOTE_MESSAGES": f"console:{word}"})
    assert settings is not None
    assert len(found) == 3
    assert word not in "".join(each.lines for each in found)
    other, _ = read({"VOTE_DB": f"asyncpg://vote:{word}@db/vote"})
    assert other is not None
    assert word not in str(describe(other))
    assert (describe(settings)["port"], describe(other)["engine"]) == (8000, "postgresql")
