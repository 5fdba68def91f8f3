"""When and where a run was made: what results leave out, since it is never the same twice."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from typing import TYPE_CHECKING

import msgspec

from vinee import __version__
from vinee.bench.result import System
from vinee.formats import atomic

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.bench.run import Run

SCHEMA = "vinee.run/1"


class Environment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The machine and the programs; nothing that names a person or a place.

    Attributes:
        vinee: Version of ViNEE.
        python: Version and implementation of Python.
        system: Operating system and processor family.
        processors: How many the run could use.
        packages: Version of every installed package, by name.
    """

    vinee: str
    python: str
    system: str
    processors: int
    packages: dict[str, str]


class RunRecord(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="schema", tag=SCHEMA
):
    """How one run went.

    Attributes:
        system: What ran.
        environment: Where it ran.
        seconds: How long each document took; documents that an earlier run had finished lack.
        total: Sum of the seconds.
        restarts: How often the system's process was started again because it had ended.
    """

    system: System
    environment: Environment
    seconds: dict[str, float]
    total: float
    restarts: int = 0


def environment() -> Environment:
    """Describe this machine."""
    packages = {
        name.lower(): each.version
        for each in metadata.distributions()
        if (name := each.metadata["Name"])
    }
    return Environment(
        vinee=__version__,
        python=f"{platform.python_version()} {platform.python_implementation()}",
        system=f"{platform.system()} {platform.machine()}",
        processors=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        packages=dict(sorted(packages.items())),
    )


def write(path: Path, ran: Run) -> None:
    """Write the record of a run as JSON, atomically."""
    total = sum(ran.seconds.values())
    record = RunRecord(ran.system, environment(), ran.seconds, total, ran.restarts)
    content = msgspec.json.format(msgspec.json.encode(record), indent=1)
    atomic.write_bytes(path, content + b"\n")
