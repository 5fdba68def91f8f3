"""`make speed` runs, and each script finds that both sides of a pair do the same work."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from vinee.resources import root


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """The measurements on little data. A script stops where two sides count differently."""
    command = [sys.executable, "scripts/speed", "--quick", "--rounds", "1", "--json"]
    done = subprocess.run(command, cwd=root(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


@pytest.mark.parametrize(
    ("work", "peer"),
    [
        ("tags from lists, strict", "seqeval strict"),
        ("tags from lists, default", "seqeval default"),
        ("tags from lists, strict", "nervaluate"),
        ("tags from Parquet", "seqeval strict"),
        ("tags from Arrow", "seqeval strict"),
        ("partial", "nervaluate"),
        ("MUC", "scorch"),
        ("B3", "scorch"),
        ("CEAFe", "scorch"),
        ("TI to AC+", "sets of tuples"),
        ("100 draws", "scipy bootstrap"),
        ("JSON Lines", "msgspec"),
    ],
)
def test_every_work_is_measured_beside_its_peer(
    found: dict[str, Any], work: str, peer: str
) -> None:
    rows = [
        row
        for row in found["pairs"]
        if row["work"].startswith(work) and row["peer"].startswith(peer)
    ]

    assert rows
    # A peer that is no dependency is measured in the environment of `make speed`.
    assert all(row["ratio"] is None or row["ratio"] > 0 for row in rows)


def test_less_data_is_held_to_no_target(found: dict[str, Any]) -> None:
    assert {row["met"] for row in (*found["pairs"], *found["growth"])} == {None}


@pytest.mark.parametrize("work", ["tags from lists", "memory of tags", "partial", "JSON Lines"])
def test_growth_is_measured(found: dict[str, Any], work: str) -> None:
    assert any(row["work"].startswith(work) for row in found["growth"])
