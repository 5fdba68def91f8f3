"""The house: lower rooms never import higher ones, and importing ViNEE costs nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("datasets", "pandas", "pyarrow", "seqeval", "sklearn", "underthesea", "jinja2")


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_lower_rooms_never_import_higher_ones() -> None:
    pytest.importorskip("importlinter", reason="import-linter is in the group `lint`")

    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert done.returncode == 0, done.stdout


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import vinee").isdisjoint({*HEAVY, "numpy", "msgspec", "yaml"})


def test_command_line_starts_without_anything_heavy() -> None:
    assert loaded_by("import vinee.cli.app").isdisjoint({*HEAVY, "numpy", "rich", "yaml"})


@pytest.mark.parametrize("room", ["metrics.registry", "stats.bootstrap", "bench.scoring"])
def test_scoring_loads_nothing_heavy(room: str) -> None:
    assert loaded_by(f"import vinee.{room}").isdisjoint({*HEAVY, "rich"})
