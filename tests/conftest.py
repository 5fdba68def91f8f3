"""Every test has its own `datasets` cache and asks no network; `article` is each of the five."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# `datasets` reads these when it is imported, so they are set before any test module is.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_CACHE"] = tempfile.mkdtemp(prefix="vinee-datasets-")
os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for an `article` on each of the five."""
    if "article" in metafunc.fixturenames:
        texts = [path.read_bytes().decode("utf-8") for path in SEEDS]
        metafunc.parametrize("article", texts, ids=[path.stem for path in SEEDS])
