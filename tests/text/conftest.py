from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for an `article` on each of the five."""
    if "article" in metafunc.fixturenames:
        texts = [path.read_bytes().decode("utf-8") for path in SEEDS]
        metafunc.parametrize("article", texts, ids=[path.stem for path in SEEDS])
