"""The virtual environment that Label Studio's server runs in, made on first use.

The server pins libraries that ViNEE wants newer, so it never shares an environment with it.
``constraints.txt`` pins all of it: what was tried is what is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.errors import ServerError
from vinee.formats import atomic
from vinee.labelstudio.server import children, locking
from vinee.labelstudio.server.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "1.23.2"
VARIABLE = "VINEE_LABEL_STUDIO_ENV"
CONSTRAINTS = Path(__file__).with_name("constraints.txt")
# The first is written before anything else is, the second after everything else.
_BEGUN, _DONE = "vinee-begun", "vinee-done.json"
_LOG = "vinee-installer.log"
_POLL = 0.2
_REMEDY = (
    f"see that there are a network and 2 GB of disk, then do this again; or install "
    f"label-studio=={VERSION} into an environment of your own and name it with --environment or "
    f"{VARIABLE}"
)


def default_folder() -> Path:
    """Give the folder that is used where none is named: the variable's, or one in the cache."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(cache).expanduser() / "vinee" / f"label-studio-{VERSION}"


def is_ready(folder: Path) -> bool:
    """Tell whether there is an environment that ViNEE finished, or that somebody else made."""
    return _is_done(folder) or (_command(folder).is_file() and not (folder / _BEGUN).exists())


def ensure(folder: Path | None = None, waiting: Waiting | None = None) -> Path:
    """Make the environment if it is not there; give the path of its ``label-studio``.

    Args:
        folder: Where it is or shall be; `default_folder` by default. An environment that somebody
            else made is used as it is, if it holds the version that ViNEE was tried with.
        waiting: Says what happens.

    Raises:
        ServerError: The folder holds something else, or the installer failed.
    """
    waiting = waiting or Waiting()
    place = (folder or default_folder()).expanduser().absolute()
    if not _is_done(place):
        if _is_foreign(place):
            _check_version(place)
        else:
            _make(place, waiting)
    return _command(place)


def _command(folder: Path) -> Path:
    return folder / "bin" / "label-studio"


def _python(folder: Path) -> Path:
    return folder / "bin" / "python"


def _mark() -> dict[str, str]:
    pins = hashlib.sha256(CONSTRAINTS.read_bytes()).hexdigest()
    return {"label-studio": VERSION, "constraints": pins}


def _is_done(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / _DONE).read_bytes()) == _mark())
    except (OSError, ValueError):
        return False


def _is_foreign(folder: Path) -> bool:
    if any((folder / marker).exists() for marker in (_BEGUN, _DONE)):
        return False
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def _check_version(folder: Path) -> None:
    asked = "from importlib.metadata import version; print(version('label-studio'))"
    found = "no label-studio"
    if _command(folder).is_file() and _python(folder).is_file():
        done = subprocess.run(  # noqa: S603 - the interpreter of the environment that was named
            [_python(folder), "-I", "-c", asked], capture_output=True, text=True, check=False
        )
        found = f"label-studio {done.stdout.strip()}" if done.returncode == 0 else found
    if found != f"label-studio {VERSION}":
        raise ServerError(
            f"{folder} holds {found}, and ViNEE did not make it; name a folder that is empty or "
            f"new, or an environment with label-studio=={VERSION}"
        )


def _make(folder: Path, waiting: Waiting) -> None:
    with _alone(folder, waiting):
        if _is_done(folder):  # by the process that was waited for
            return
        waiting.say(
            f"making an environment for Label Studio {VERSION} in {folder}; "
            "it takes 1 GB and some minutes, once"
        )
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        (folder / _BEGUN).touch()
        for command in _installer(folder):
            _run(command, folder / _LOG, waiting)
        if not _command(folder).is_file():
            raise ServerError(f"the installer left no {_command(folder)}; {_REMEDY}")
        atomic.write_text(folder / _DONE, json.dumps(_mark()))


@contextmanager
def _alone(folder: Path, waiting: Waiting) -> Iterator[None]:
    """Keep other processes from making the same environment."""
    with locking.opened(folder.with_name(f"{folder.name}.lock")) as handle:
        if not locking.taken(handle):
            waiting.say(f"another process makes {folder}; waiting for it")
            while not locking.taken(handle):
                waiting.pause(_POLL)
        yield


def _installer(folder: Path) -> tuple[tuple[str | Path, ...], ...]:
    wanted = ("--constraint", CONSTRAINTS, f"label-studio=={VERSION}")
    python = _python(folder)
    uv = shutil.which("uv")
    if uv is not None:
        return (
            (uv, "venv", "--allow-existing", "--python", sys.executable, folder),
            (uv, "pip", "install", "--python", python, "--compile-bytecode", *wanted),
        )
    return (
        (sys.executable, "-m", "venv", folder),
        (python, "-m", "pip", "install", "--disable-pip-version-check", *wanted),
    )


def _run(command: tuple[str | Path, ...], log: Path, waiting: Waiting) -> None:
    # Where its packages come from is the user's to say; a path to our own modules is not.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    with log.open("wb") as output:
        process = children.start(command, output, environment)
        try:
            while process.poll() is None:
                waiting.progress(f"installing Label Studio {VERSION}")
                waiting.pause(_POLL)
        finally:
            children.end(process)
    if process.returncode:
        raise ServerError(
            f"the environment for Label Studio could not be made in {log.parent}: "
            f"{Path(command[0]).name} ended with exit code {process.returncode}, and wrote last\n"
            f"{children.last_lines(log)}\n{_REMEDY}"
        )
