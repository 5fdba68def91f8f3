"""User, password and key of a data folder."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from vinee.errors import ServerError
from vinee.labelstudio.server.credentials import Credentials, ensure
from vinee.labelstudio.server.waiting import Waiting

PASSWORD = {"LABEL_STUDIO_PASSWORD": "a-good-password"}
KEY = {"LABEL_STUDIO_USER_TOKEN": "0123456789abcdef0123456789abcdef01234567"}


def made(folder: Path, user: str | None = None, **environment: str) -> Credentials:
    return ensure(folder / "credentials", user, environment, Waiting())


def test_password_and_key_are_generated(tmp_path: Path) -> None:
    first, second = made(tmp_path / "1"), made(tmp_path / "2")

    assert len(first.password) >= 20
    assert re.fullmatch("[0-9a-f]{40}", first.key)
    assert first.password != second.password
    assert first.key != second.key


def test_files_hold_them_for_their_owner_alone(tmp_path: Path) -> None:
    known = made(tmp_path)

    for path, value in ((known.password_file, known.password), (known.key_file, known.key)):
        assert path.read_text() == f"{value}\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(known.key_file.parent.stat().st_mode) == 0o700


def test_second_start_finds_the_same(tmp_path: Path) -> None:
    assert made(tmp_path, "lan@example.org") == made(tmp_path) == made(tmp_path, "Lan@example.org")


def test_environment_gives_password_and_key(tmp_path: Path) -> None:
    known = made(tmp_path, **PASSWORD, **KEY)

    assert known.password == PASSWORD["LABEL_STUDIO_PASSWORD"]
    assert known.key == KEY["LABEL_STUDIO_USER_TOKEN"]
    assert made(tmp_path) == known


@pytest.mark.parametrize(
    ("user", "environment", "named"),
    [
        ("minh@example.org", {}, "--user"),
        (None, {"LABEL_STUDIO_PASSWORD": "another-password"}, "LABEL_STUDIO_PASSWORD"),
        (None, {"LABEL_STUDIO_USER_TOKEN": "another-token"}, "LABEL_STUDIO_USER_TOKEN"),
    ],
)
def test_another_value_than_the_one_that_is_kept_is_refused_and_not_shown(
    tmp_path: Path, user: str | None, environment: dict[str, str], named: str
) -> None:
    known = made(tmp_path)

    with pytest.raises(ServerError, match=f"{named} is not what .* keeps") as caught:
        made(tmp_path, user, **environment)

    for secret in (known.password, known.key, "another-password", "another-token"):
        assert secret not in str(caught.value)


@pytest.mark.parametrize("user", ["lan", "lan@", "lan @example.org", "lân@example.org", "a@b\n"])
def test_user_must_be_an_address(tmp_path: Path, user: str) -> None:
    with pytest.raises(ServerError, match="--user must be an e-mail address"):
        made(tmp_path, user)


@pytest.mark.parametrize("password", ["short", "x" * 129, "with a\nnew line"])
def test_password_must_be_one_that_the_server_takes(tmp_path: Path, password: str) -> None:
    with pytest.raises(ServerError, match="LABEL_STUDIO_PASSWORD must have") as caught:
        made(tmp_path, LABEL_STUDIO_PASSWORD=password)

    assert password not in str(caught.value)
    assert not (tmp_path / "credentials" / "password").exists()


@pytest.mark.parametrize("key", ["short", "x" * 41, "with a space", "khoá-khoá"])
def test_key_must_be_one_that_the_server_takes(tmp_path: Path, key: str) -> None:
    with pytest.raises(ServerError, match="LABEL_STUDIO_USER_TOKEN must have"):
        made(tmp_path, LABEL_STUDIO_USER_TOKEN=key)


def test_file_that_others_could_read_is_closed_and_said(tmp_path: Path) -> None:
    known = made(tmp_path)
    known.key_file.chmod(0o644)
    said: list[str] = []

    ensure(tmp_path / "credentials", None, {}, Waiting(say=said.append))

    assert stat.S_IMODE(known.key_file.stat().st_mode) == 0o600
    assert said == [f"other users could read {known.key_file}; now they cannot"]


def test_neither_password_nor_key_is_in_the_repr(tmp_path: Path) -> None:
    known = made(tmp_path)

    assert known.password not in repr(known)
    assert known.key not in repr(known)
