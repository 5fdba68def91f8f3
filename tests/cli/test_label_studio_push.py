"""``vinee label-studio push``, without a server."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from vinee.cli import main

PUSH = ("label-studio", "push", "--project", "x", "--url")


@pytest.fixture(autouse=True)
def no_server_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["vinee", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


@pytest.fixture
def nowhere() -> str:
    """An address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--predict", "rules", "--predictions", "x.jsonl"), "not both"),
        (("--map", "A=B"), "--map is for predictions"),
        (("--articles", "--annotations"), "neither annotations nor a format"),
        (("--articles", "--from", "jsonl"), "neither annotations nor a format"),
        (("--overlap", "0"), "--overlap"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    nowhere: str,
    options: tuple[str, ...],
    said: str,
) -> None:
    assert run(monkeypatch, *PUSH, nowhere, *options) == 2
    assert said in capsys.readouterr().err


def test_a_server_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], nowhere: str
) -> None:
    assert run(monkeypatch, *PUSH, nowhere, "--api-key", "a" * 40) == 2
    assert f"cannot reach {nowhere}" in capsys.readouterr().err


def test_a_source_that_cannot_be_read_is_told_before_the_server_is_asked(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    nowhere: str,
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"doc_id": "a"}\n')

    assert run(monkeypatch, *PUSH, nowhere, str(path)) == 2
    said = capsys.readouterr().err
    assert "no text" in said
    assert "cannot reach" not in said
