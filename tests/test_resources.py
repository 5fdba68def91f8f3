"""Data files are found in the wheel or in the checkout, and their absence is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinee import resources
from vinee.errors import IntegrityError


def test_checkout_is_found() -> None:
    assert (resources.root() / "seeds" / "SHA256SUMS").is_file()


def test_wheel_data_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "vinee" / "_data"
    (data / "annotations").mkdir(parents=True)
    (data / "annotations" / "ontology.yaml").touch()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "vinee")

    assert resources.root.__wrapped__() == data


def test_missing_data_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "a" / "vinee")

    with pytest.raises(IntegrityError, match="install the package again"):
        resources.root.__wrapped__()
