import hashlib
from pathlib import Path

import pytest

from vote.errors import ContradictionError, RefusedError
from vote.law import library
from vote.law.library import DEFAULT_PROFILE, list_profiles, load_pinned, load_profile

PUBLISHED = {
    "cn-bj@2026-11-24": "057f2d09cb6b04645bf50959cba48a1f3a7147c197709388313cef68fa6e46cd",
    "cn-gd-shenzhen@2026-11-24": "7dc5ac0fd4f52ec0f94a94851302fabd485d1abb3668533433d67b3eba2158f7",
    "cn-sh@2026-11-24": "19adefabc0b0a444c95211b63a706d1b5283f65fd3994dcd988e857197a510dd",
    "cn-zj-hangzhou@2026-11-24": "ce51fec0b15958253d39ff90cd8bc53be921ed2dbcd42872e9ed83587e009c4e",
    "cn-zj-jiaxing-jiashan@2026-11-24": "9be1e309414a5dd10d5fcc86f0145a4ab745deb011e301d15250fe08ebb3b76c",
    "cn-zj-jiaxing@2026-11-24": "8148d553e81d2a841209e75f11e1f0611d73da6d13a33d1b7d2c4113e3a429bb",
    "cn-zj@2026-11-24": "e2af0950d9fe60c78e938f46506258a99170884716627a4d1d53cb4a40a8a1ba",
    "cn@2026-11-24": "324374b25f8e506eec39c5e254dff7e0e0409521eb93342b01a7d08b05051cc8",
    "cn@2026-11-25": "49e8f8f2768fb591af80b2dbe33eb5ee2474c940cffa1b0fc02013e1ffdbda33",
    "cn-bj@2026-11-25": "c02f514cbf66786b6ce0df261a6c433e2a34dc1d3beaf2514ffc40e1b83b100f",
    "cn-gd-shenzhen@2026-11-25": "ab3fed167dce24c92c59b098c322a8b387cce3633fc954973019d1152faab5cd",
    "cn-sh@2026-11-25": "66c20494ed28c627624e09ff73bf60aae2bc2e3c20cfd0773f047b6e3b3ef10a",
    "cn-zj@2026-11-25": "8133307a6c4dd6b70cca8e1e94be5344e564e486ed874cbdce2b09ec48d83ceb",
    "cn-zj-hangzhou@2026-11-25": "60b02a814f0da7f84ddd93520892cc0b95d31b3f85b054b0d07b1627683763a9",
    "cn-zj-jiaxing@2026-11-25": "bfcb69d779c79174c7f4fafbe784e4810e9fa42fe295a10d63c30b7502d007ab",
    "cn-zj-jiaxing-jiashan@2026-11-25": "d8052ed1f3db86796796a96b10ecd9f650d7e9f6bd877a76f7652d5ee8961f7f",
    "cn-bj@2026-11-26": "c5883196d7e07f39a09fa99b27a8dd24069de3821df7f62ecce6f1d56c4f66a2",
    "cn-gd-shenzhen@2026-11-26": "c131fd4bf799fd8abf0c4dadd7976cc069962cc181c6867a49f0c0c048f8a1e3",
    "cn-sh@2026-11-26": "bd9c2ea3a55126401abef8c20679e36473b816d8b4c975adf1736b88434923cd",
    "cn-zj-hangzhou@2026-11-26": "8f970fe9e6fce9185848ccb57012c729e3b413650b0bd00b757ef3bb71035e84",
    "cn-zj-jiaxing-jiashan@2026-11-26": "ae6e7cc1219bbd6840ee43a94ebeda927d5336ef592f1414de0930a5189bb56f",
    "cn-zj-jiaxing@2026-11-26": "7a746daa48f9563ba3ad77ad3c1ab64ddf85b3fd1cfb2ca802226bd31c327ab7",
    "cn-zj@2026-11-26": "91af68e2b056f7527e633a1dcf7639f4c6f42d24e4471726959acb6ac1afd8e2",
    "cn@2026-11-26": "bfa0bd5a71b2b430882431150b8b01e4933be5fa0aae718a7bac3dcf24543054",
}


def test_the_profiles_of_the_five_places_and_the_nation_are_here() -> None:
    assert {reference.id for reference in list_profiles()} == {
        "cn",
        "cn-bj",
        "cn-gd-shenzhen",
        "cn-sh",
        "cn-zj",
        "cn-zj-hangzhou",
        "cn-zj-jiaxing",
        "cn-zj-jiaxing-jiashan",
    }
    assert DEFAULT_PROFILE == "cn-zj-jiaxing-jiashan"


def test_every_file_is_named_as_it_says() -> None:
    for reference in list_profiles():
        profile = load_profile(*reference)
        assert (profile.id, profile.version) == reference


def test_a_profile_is_the_same_by_its_version_and_by_its_digest() -> None:
    newest = load_profile(DEFAULT_PROFILE)
    assert load_profile(DEFAULT_PROFILE, "2026-11-26") == newest
    assert load_pinned(DEFAULT_PROFILE, newest.version, newest.digest) == newest


def test_another_digest_is_a_contradiction() -> None:
    with pytest.raises(ContradictionError, match="manifest"):
        load_pinned(DEFAULT_PROFILE, "2026-11-24", "0" * 64)


@pytest.mark.parametrize("name", ["de", "", "../cn", "cn-zj-jiaxing-jiashan@2026-11-24"])
def test_an_unknown_profile_is_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="vote law profiles"):
        load_profile(name)


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(RefusedError, match="2020-01-01"):
        load_profile("cn", "2020-01-01")


def test_an_older_version_stays_and_the_newest_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = (Path(library.__file__).parent / "profiles" / "cn@2026-11-24.json").read_text()
    (tmp_path / "cn@2026-11-24.json").write_text(shipped)
    newer = (Path(library.__file__).parent / "profiles" / "cn@2026-11-26.json").read_text()
    (tmp_path / "cn@2027-01-01.json").write_text(newer.replace('"version": "2026-11-26"', '"version": "2027-01-01"'))
    (tmp_path / "README.md").write_text("not a profile")
    monkeypatch.setattr(library, "_FOLDER", tmp_path)
    list_profiles.cache_clear()
    load_profile.cache_clear()
    try:
        assert load_profile("cn").version == "2027-01-01"
        assert load_profile("cn", "2026-11-24").version == "2026-11-24"
        assert load_profile("cn").digest != load_profile("cn", "2026-11-24").digest
    finally:
        list_profiles.cache_clear()
        load_profile.cache_clear()


@pytest.mark.parametrize(("name", "digest"), PUBLISHED.items())
def test_a_published_file_is_never_changed(name: str, digest: str) -> None:
    """An election keeps the version it started with: correct a profile by a new version, beside the old one."""
    data = (Path(library.__file__).parent / "profiles" / f"{name}.json").read_bytes()
    assert hashlib.sha256(data).hexdigest() == digest


def test_an_older_version_knows_what_there_was_and_nothing_later() -> None:
    older = load_profile(DEFAULT_PROFILE, "2026-11-24")
    assert older.knows("renewal")
    assert not older.knows("renewal_alerts")
    assert load_profile(DEFAULT_PROFILE).knows("renewal_alerts")
