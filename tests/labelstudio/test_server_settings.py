"""The environment variables of a server."""

from __future__ import annotations

from pathlib import Path

from vinee.labelstudio.server.address import Address
from vinee.labelstudio.server.credentials import Credentials
from vinee.labelstudio.server.database import sqlite
from vinee.labelstudio.server.plan import Plan
from vinee.labelstudio.server.settings import variables

DATA = Path("/data")
KNOWN = Credentials("lan@example.org", "password", "key", DATA / "password", DATA / "key")


def made(
    inherited: dict[str, str] | None = None, *, host: str = "127.0.0.1", backends: bool = False
) -> dict[str, str]:
    plan = Plan(DATA, Address(host, 8080), KNOWN, sqlite(DATA), backends)
    return variables(plan, inherited or {})


def test_user_password_and_key_go_by_the_environment() -> None:
    found = made()

    assert found["LABEL_STUDIO_USERNAME"] == KNOWN.user
    assert found["LABEL_STUDIO_PASSWORD"] == KNOWN.password
    assert found["LABEL_STUDIO_USER_TOKEN"] == KNOWN.key


def test_nothing_is_told_to_anybody_whatever_is_inherited() -> None:
    found = made(
        {"LABEL_STUDIO_COLLECT_ANALYTICS": "true", "LABEL_STUDIO_SENTRY_DSN": "https://x@y/1"}
    )

    assert found["LABEL_STUDIO_COLLECT_ANALYTICS"] == "false"
    assert found["LABEL_STUDIO_LATEST_VERSION_CHECK"] == "false"
    assert found["LABEL_STUDIO_SENTRY_DSN"] == found["LABEL_STUDIO_FRONTEND_SENTRY_DSN"] == ""


def test_an_account_needs_an_invitation_unless_the_user_says_otherwise() -> None:
    name = "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK"

    assert made()[name] == "true"
    assert made({name: "false"})[name] == "false"


def test_backends_of_this_machine_are_asked_only_if_allowed() -> None:
    names = {"LABEL_STUDIO_ML_BLOCK_LOCAL_IP", "LABEL_STUDIO_SSRF_PROTECTION_ENABLED"}

    assert names.isdisjoint(made())
    assert {made(backends=True)[name] for name in names} == {"false"}


def test_variables_of_other_programs_and_keys_of_ours_stay_away() -> None:
    strange = {"DEBUG": "1", "PORT": "1", "SECRET_KEY": "x", "PYTHONPATH": "src", "HEARTEX_X": "1"}
    ours = {"LABEL_STUDIO_API_KEY": "x", "LABEL_STUDIO_URL": "x", "PGPASSWORD": "x"}

    assert made().keys() == made({**strange, **ours}).keys()


def test_system_and_label_studio_settings_reach_the_server() -> None:
    given = {"PATH": "/bin", "LC_ALL": "C", "TZ": "UTC", "LABEL_STUDIO_TASK_LOCK_TTL": "60"}

    assert given.items() <= made(given).items()


def test_only_names_of_this_machine_are_answered_on_loopback() -> None:
    hosts = made()["LABEL_STUDIO_ALLOWED_HOSTS"].split(",")

    assert set(hosts) == {"127.0.0.1", "localhost"}
    assert "LABEL_STUDIO_ALLOWED_HOSTS" not in made(host="192.0.2.1")
