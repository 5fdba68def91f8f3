"""Programs for Node beside this file, and the packages that they use."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from vinee.errors import ExtractorError

PACKAGES = Path(__file__).parent / "node_modules"


def answer(program: str, question: object) -> Any:  # noqa: ANN401 - whatever it writes
    """Give a program JSON, and read the JSON that it writes.

    Raises:
        ExtractorError: There is no Node, or the program fails.
    """
    node = shutil.which("node")
    if node is None:
        raise ExtractorError("'node' is not there; `make systems` says what it needs")
    done = subprocess.run(  # noqa: S603
        [node, str(Path(__file__).with_name(program))],
        input=json.dumps(question).encode(),
        env={**os.environ, "TZ": "UTC"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip()[:500]  # its trace comes last
        raise ExtractorError(f"{program} ended with exit code {done.returncode}: {complaint}")
    return json.loads(done.stdout)


def version(name: str) -> str:
    """Give the version of a package.

    Raises:
        ExtractorError: It is not installed.
    """
    path = PACKAGES / name / "package.json"
    if not path.is_file():
        raise ExtractorError(f"{name} for Node is not installed; `make systems` does it")
    return str(json.loads(path.read_text("utf-8"))["version"])
