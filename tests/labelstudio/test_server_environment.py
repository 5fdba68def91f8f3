"""Making the server's environment; the real making is tested by its make target.

A stand-in for `uv` makes what the real one would: an environment with a ``label-studio``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from vinee.errors import ServerError
from vinee.labelstudio.server import environment, locking
from vinee.labelstudio.server.waiting import Waiting

STAND_IN = """#!{python}
import os, pathlib, sys, time
log = pathlib.Path(os.environ["STAND_IN_LOG"])
with log.open("a") as file:
    file.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "venv":
    folder = pathlib.Path(sys.argv[-1])
    (folder / "bin").mkdir()
else:
    folder = pathlib.Path(sys.argv[sys.argv.index("--python") + 1]).parents[1]
    print("resolving", "https://lan:s3cret@packages.example.org/simple", flush=True)
    time.sleep(float(os.environ.get("STAND_IN_TAKES", "0")))
    if os.environ.get("STAND_IN_FAILS"):
        sys.exit("no space left")
    if not os.environ.get("STAND_IN_FORGETS"):
        (folder / "bin" / "label-studio").touch()
"""


class InterruptedMakingError(Exception):
    pass


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in is on the path; its calls are written here."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "uv").write_text(STAND_IN.format(python=sys.executable))
    (programs / "uv").chmod(0o755)
    log = tmp_path / "calls"
    log.touch()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("STAND_IN_LOG", str(log))
    return log


def test_environment_is_made_once_with_everything_pinned(calls: Path, tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "env"

    first = environment.ensure(folder, Waiting(say=said.append))
    again = environment.ensure(folder, Waiting(say=said.append))

    assert first == again == folder / "bin" / "label-studio"
    venv, install = calls.read_text().splitlines()
    assert venv.endswith(str(folder))
    assert f"--constraint {environment.CONSTRAINTS} label-studio==1.23.2" in install
    assert len(said) == 1
    assert "1 GB" in said[0]


def test_pip_makes_it_where_there_is_no_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str | Path, ...]] = []

    def run(command: tuple[str | Path, ...], *_: object) -> None:
        ran.append(command)
        (tmp_path / "env" / "bin").mkdir(exist_ok=True)
        (tmp_path / "env" / "bin" / "label-studio").touch()

    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(environment, "_run", run)

    environment.ensure(tmp_path / "env")

    assert ran[0][:3] == (sys.executable, "-m", "venv")
    assert ran[1][1:4] == ("-m", "pip", "install")
    assert ran[1][-3:] == ("--constraint", environment.CONSTRAINTS, "label-studio==1.23.2")


def test_failure_shows_the_installers_last_lines_and_the_remedy(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_FAILS", "1")

    with pytest.raises(ServerError) as caught:
        environment.ensure(tmp_path / "env")

    assert calls.read_text()
    assert "uv ended with exit code 1" in str(caught.value)
    assert "no space left" in str(caught.value)
    assert "VINEE_LABEL_STUDIO_ENV" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_making_that_failed_is_made_anew(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_FAILS", "1")
    with pytest.raises(ServerError):
        environment.ensure(tmp_path / "env")
    (tmp_path / "env" / "rest").touch()
    assert not environment.is_ready(tmp_path / "env")
    monkeypatch.delenv("STAND_IN_FAILS")

    environment.ensure(tmp_path / "env")

    assert environment.is_ready(tmp_path / "env")
    assert not (tmp_path / "env" / "rest").exists()
    assert len(calls.read_text().splitlines()) == 4


def test_installer_that_leaves_no_program_is_an_error(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_FORGETS", "1")

    with pytest.raises(ServerError, match="the installer left no"):
        environment.ensure(tmp_path / "env")

    assert calls.read_text()


def test_interrupted_making_leaves_no_process_and_is_made_anew(
    calls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAND_IN_TAKES", "60")

    def pause(seconds: float) -> None:
        time.sleep(seconds)
        if "pip install" in calls.read_text():
            raise InterruptedMakingError

    with pytest.raises(InterruptedMakingError):
        environment.ensure(tmp_path / "env", Waiting(pause=pause))
    monkeypatch.setenv("STAND_IN_TAKES", "0")

    assert environment.ensure(tmp_path / "env").is_file()


def test_environment_of_other_pins_is_made_anew(calls: Path, tmp_path: Path) -> None:
    environment.ensure(tmp_path / "env")
    (tmp_path / "env" / "vinee-done.json").write_text(json.dumps({"label-studio": "1.0"}))

    environment.ensure(tmp_path / "env")

    assert len(calls.read_text().splitlines()) == 4


def test_two_processes_make_it_once(calls: Path, tmp_path: Path) -> None:
    folder = tmp_path / "env"
    said: list[str] = []
    with locking.opened(tmp_path / "env.lock") as held:
        assert locking.taken(held)
        second = threading.Thread(target=environment.ensure, args=(folder, Waiting(said.append)))
        second.start()
        while not said:
            time.sleep(0.01)
        # What the first process would have left.
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "label-studio").touch()
        (folder / "vinee-done.json").write_text(json.dumps(environment._mark()))  # noqa: SLF001
    second.join(30)

    assert not second.is_alive()
    assert said == [f"another process makes {folder}; waiting for it"]
    assert calls.read_text() == ""


def test_folder_of_something_else_is_left_alone(calls: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()

    with pytest.raises(ServerError, match="holds no label-studio, and ViNEE did not make it"):
        environment.ensure(tmp_path)

    assert (tmp_path / "thesis.tex").exists()
    assert calls.read_text() == ""


def foreign(folder: Path, version: str) -> Path:
    """An environment that somebody else made."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (folder / "bin" / "label-studio").touch()
    packages = next((folder / "lib").iterdir()) / "site-packages"
    described = packages / f"label_studio-{version}.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(f"Name: label-studio\nVersion: {version}\n")
    return folder


def test_environment_of_somebody_else_is_used_if_its_version_is_right(tmp_path: Path) -> None:
    folder = foreign(tmp_path / "env", "1.23.2")

    assert environment.is_ready(folder)
    assert environment.ensure(folder) == folder / "bin" / "label-studio"


def test_environment_of_somebody_else_with_another_version_is_refused(tmp_path: Path) -> None:
    folder = foreign(tmp_path / "env", "1.13.1")

    with pytest.raises(
        ServerError, match=r"holds label-studio 1\.13\.1, and ViNEE did not make it"
    ):
        environment.ensure(folder)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"VINEE_LABEL_STUDIO_ENV": "/named"}, "/named"),
        ({"XDG_CACHE_HOME": "/cache"}, "/cache/vinee/label-studio-1.23.2"),
        ({"HOME": "/home/lan"}, "/home/lan/.cache/vinee/label-studio-1.23.2"),
    ],
)
def test_default_is_the_variables_or_in_the_cache(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("VINEE_LABEL_STUDIO_ENV", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert environment.default_folder() == Path(expected)


def test_pins_hold_no_place_and_every_package_one_version() -> None:
    lines = environment.CONSTRAINTS.read_text().splitlines()

    assert "label-studio==1.23.2" in lines
    assert all("==" in line and "/" not in line and "--" not in line for line in lines)
