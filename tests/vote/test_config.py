"""Settings come from the environment, keys from files that only their owner reads."""

import os
import stat

import pytest
from pydantic import ValidationError

from vote.config import DEFAULT_DATABASE, Settings, get_settings, make_missing_keys
from vote.errors import Reason, RefusedError

FILES = ("data_key_file", "signing_key_file", "log_key_file", "staff_token_file")


@pytest.fixture
def settings(tmp_path, monkeypatch):
    for name in [name for name in os.environ if name.startswith("VOTE_")]:
        monkeypatch.delenv(name)
    return Settings(**{name: tmp_path / "keys" / name for name in FILES})


def test_without_an_environment_an_installation_is_local(settings):
    assert settings.db == DEFAULT_DATABASE == "sqlite://var/vote.db"
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, False)
    assert settings.checkers >= 1


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("VOTE_DB", "asyncpg://a:b@c:5432/d", "db", "asyncpg://a:b@c:5432/d"),
        ("VOTE_PORT", "8443", "port", 8443),
        ("VOTE_DEMO", "true", "demo", True),
        ("VOTE_CHECKERS", "3", "checkers", 3),
        ("VOTE_PUBLIC_URL", "https://vote.example", "public_url", "https://vote.example"),
    ],
)
def test_each_setting_is_a_variable(monkeypatch, name, text, field, value):
    monkeypatch.setenv(name, text)
    assert getattr(Settings(), field) == value


def test_a_variable_of_another_kind_is_an_error(monkeypatch):
    monkeypatch.setenv("VOTE_PORT", "http")
    with pytest.raises(ValidationError):
        Settings()


def test_settings_are_read_once_and_fixed(monkeypatch):
    settings = get_settings()
    monkeypatch.setenv("VOTE_PORT", "8443")
    assert get_settings() is settings
    with pytest.raises(ValidationError):
        settings.port = 8443


def test_missing_keys_are_made_once_each_another_and_for_their_owner_alone(settings):
    before = os.umask(0)
    try:
        made = make_missing_keys(settings)
    finally:
        os.umask(before)
    assert made == [getattr(settings, name) for name in FILES]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    texts = [path.read_text() for path in made]
    assert len(set(texts)) == 4
    assert all(len(bytes.fromhex(text)) == 32 for text in texts)
    assert make_missing_keys(settings) == []
    assert [path.read_text() for path in made] == texts
    made[1].unlink()
    assert make_missing_keys(settings) == [made[1]]
    assert made[0].read_text() == texts[0]


def test_keys_are_read_from_their_files(settings):
    make_missing_keys(settings)
    assert settings.data_key().get_secret_value() == bytes.fromhex(settings.data_key_file.read_text())
    assert settings.signing_key().get_secret_value() == bytes.fromhex(settings.signing_key_file.read_text())
    assert settings.staff_token() == settings.staff_token_file.read_text().strip()


def test_a_printed_key_says_nothing(settings):
    make_missing_keys(settings)
    secret = settings.data_key_file.read_text().strip()
    for shown in (repr(settings.data_key()), str(settings.data_key()), repr(settings)):
        assert secret not in shown
        assert bytes.fromhex(secret).hex() not in shown


@pytest.mark.parametrize("name", ["data_key", "signing_key", "log_key", "staff_token"])
def test_a_missing_file_is_a_refusal_that_names_it_and_what_to_do(settings, name):
    with pytest.raises(RefusedError, match=f"{name}_file cannot be read; run `vote db upgrade`") as refusal:
        getattr(settings, name)()
    assert refusal.value.reason is Reason.NOT_FOUND


@pytest.mark.parametrize("text", ["", "\n", "11" * 31, "11" * 33, "g" * 64, "key"])
def test_a_key_of_another_length_or_alphabet_is_refused(settings, text):
    make_missing_keys(settings)
    settings.data_key_file.write_text(text)
    with pytest.raises(RefusedError, match="must hold 64 hex digits") as refusal:
        settings.data_key()
    assert refusal.value.reason is Reason.MALFORMED


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_word_lets_nobody_in(settings, text):
    make_missing_keys(settings)
    settings.staff_token_file.write_text(text)
    with pytest.raises(RefusedError, match="is empty"):
        settings.staff_token()


@pytest.mark.parametrize("name", ["data_key", "staff_token"])
def test_a_file_that_is_no_text_is_refused(settings, name):
    make_missing_keys(settings)
    getattr(settings, f"{name}_file").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RefusedError, match="cannot be read"):
        getattr(settings, name)()
