import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from vote.law.command import app

RUNNER = CliRunner()


def run(*arguments: str) -> Result:
    return RUNNER.invoke(app, list(arguments))


def decided(*arguments: str) -> Result:
    return run("decide", "--total", "30:30000", "--cast", "20:20000", "--on", "2026-12-20", *arguments)


def as_json(*arguments: str) -> Any:
    result = decided(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("matter", "yes", "no", "outcome"),
    [
        ("4", "11:10001", "0:0", "ADOPTED"),
        ("4", "11:10000", "0:0", "NO_DECISION"),
        ("7", "15:15000", "0:0", "ADOPTED"),
        ("7", "15:14999", "0:0", "NO_DECISION"),
        ("4", "9:9000", "11:10001", "REJECTED"),
    ],
)
def test_json_gives_the_outcome_word(matter: str, yes: str, no: str, outcome: str) -> None:
    assert as_json("--matter", matter, "--yes", yes, "--no", no)["outcome"] == outcome


def test_json_gives_the_working_the_articles_and_the_profile() -> None:
    found = as_json("--matter", "4", "--yes", "11:10001")
    assert found["profile"] == "cn-zj-jiaxing-jiashan"
    assert found["version"] == "2026-11-26"
    assert len(found["digest"]) == 64
    assert [each["code"] for each in found["articles"]] == ["CC 278 ¶1(4)", "CC 278 ¶2", "CC 1259"]
    line = found["working"][3]
    assert (line["measure"], line["left"], line["relation"], line["right"], line["met"]) == (
        "area",
        20002,
        ">",
        20000,
        True,
    )
    assert found["with_invalid_the_other_way"] is None


def test_chinese_is_written_by_default() -> None:
    result = decided("--matter", "4", "--yes", "11:10001")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "ADOPTED  通过"
    assert "《民法典》第278条第2款" in result.stdout
    assert "浙江省嘉兴市嘉善县" in result.stdout


def test_english_is_written_when_asked_for() -> None:
    result = decided("--matter", "4", "--yes", "10:10000", "--lang", "en")
    assert result.stdout.startswith("NO_DECISION  ")
    assert "Civil Code art. 278 ¶2" in result.stdout
    assert "a rejection was not examined" in result.stdout
    assert "民法典" not in result.stdout


def test_a_profile_and_its_local_matter_are_chosen() -> None:
    result = decided("--profile", "cn-zj-hangzhou@2026-11-24", "--matter", "hz-expenses", "--yes", "11:10001")
    assert result.stdout.startswith("ADOPTED")
    assert "《杭州市物业管理条例》第16条" in result.stdout


def test_invalid_ballots_are_shown_both_ways() -> None:
    arguments = ["--matter", "4", "--yes", "11:10001", "--invalid", "2:2000"]
    result = decided(*arguments)
    assert "废票按另一口径计算: NO_DECISION" in result.stdout
    assert as_json(*arguments)["with_invalid_the_other_way"]["outcome"] == "NO_DECISION"


def test_english_shows_invalid_ballots_both_ways_too() -> None:
    result = decided("--matter", "4", "--yes", "9:9000", "--no", "11:11000", "--invalid", "2:2000", "--lang", "en")
    assert result.stdout.startswith("REJECTED  rejected by a majority")
    assert "With invalid ballots counted the other way: NO_DECISION" in result.stdout


def test_no_day_means_today() -> None:
    result = run("decide", "--matter", "4", "--total", "3:300", "--cast", "2:200", "--yes", "2:200")
    assert result.stdout.startswith("ADOPTED")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--matter", "4", "--yes", "11"],
        ["--matter", "4", "--yes", "11:"],
        ["--matter", "4", "--yes", "11:100.01"],
        ["--matter", "4", "--yes", "-1:5"],
        ["--matter", "4", "--yes", "+1:5"],
        ["--matter", "4", "--yes", "01:5"],
        ["--matter", "4", "--yes", " 1:5"],
        ["--matter", "4", "--yes", "１:5"],
        ["--matter", "4", "--yes", "21:20000"],
        ["--matter", "4", "--yes", "5:0"],
        ["--matter", "4", "--yes", "11:10001", "--no", "10:9000"],
        ["--matter", "10", "--yes", "1:1"],
        ["--matter", "4", "--yes", "1:1", "--profile", "de"],
        ["--matter", "4", "--yes", "1:1", "--profile", "cn@2020-01-01"],
        ["--matter", "4", "--yes", "1:1", "--on", "2020-12-31"],
        ["--matter", "4", "--yes", "1:1", "--on", "yesterday"],
    ],
)
def test_bad_input_is_refused_with_one_sentence(arguments: list[str]) -> None:
    result = decided(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


def test_what_is_missing_is_a_mistake_of_usage() -> None:
    assert run("decide", "--matter", "4").exit_code == 2


def test_the_profiles_are_listed() -> None:
    assert "cn-zj-jiaxing-jiashan@2026-11-26  浙江省嘉兴市嘉善县（默认）" in run("profiles").stdout.splitlines()
    assert "Beijing" not in run("profiles").stdout
    assert "cn-bj@2026-11-26  Beijing" in run("profiles", "--lang", "en").stdout.splitlines()
    listed = json.loads(run("profiles", "--json").stdout)
    assert [each["profile"] for each in listed if each["default"]] == ["cn-zj-jiaxing-jiashan"]


def test_a_profile_is_shown_with_articles_and_marks() -> None:
    text = run("show", "--lang", "en", "--on", "2026-12-20").stdout
    assert "inherited from cn-zj-jiaxing" in text
    assert "unconfirmed: general knowledge, text not seen" in text
    assert "Zhejiang Property Management Regulations art. 14" in text
    assert "沿用 cn" in run("show").stdout
    assert "    [《北京市物业管理条例》第32条]" in run("show", "cn-bj", "--on", "2026-12-20").stdout.splitlines()
    shown = json.loads(run("show", "cn-zj-hangzhou", "--on", "2026-12-20", "--json").stdout)
    assert shown["values"]["e_voting"]["value"] == {"policy": "DEFAULT", "shortest": "P5D", "longest": "P60D"}
    assert shown["values"]["e_voting"]["articles"] == ["HZ 20"]
    assert shown["values"]["handover"]["inherited"]
    assert not shown["values"]["dispute_period"]["confirmed"]
    assert [each["name"] for each in shown["matters"]][-2:] == ["hz-expenses", "hz-income"]
    assert shown["sources"]["ZJ"]["caution"]["en"].startswith("The text read is of 2009")


def test_an_unknown_profile_is_not_shown() -> None:
    assert run("show", "de").exit_code == 2
