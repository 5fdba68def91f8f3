"""The version of a function follows every local file that decides what it does."""

from __future__ import annotations

import sys
from importlib import import_module, invalidate_caches
from pathlib import Path

import pytest

from vinee.extractors import CallableExtractor

FILES = {
    "own/__init__.py": "",
    "own/main.py": "import json\nimport pytest\nfrom own import near\nfrom .deep import far\n\n\n"
    "def tag(text):\n    import lazy\n    return []\n",
    "own/near.py": "import own.nearer\n",
    "own/nearer.py": "from . import main\n",
    "own/deep/__init__.py": "",
    "own/deep/far.py": "",
    "own/other.py": "",
    "lazy.py": "",
}


def version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in [each for each in sys.modules if each.partition(".")[0] in ("own", "lazy")]:
        del sys.modules[name]
    with monkeypatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.setattr(sys, "dont_write_bytecode", True)
        invalidate_caches()
        return CallableExtractor(import_module("own.main").tag, "mine").version


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [name for name in FILES if name != "own/other.py"])
def test_a_changed_file_that_it_imports_changes_the_version(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = version(folder, monkeypatch)

    (folder / name).write_text(FILES[name] + "changed = True\n", encoding="utf-8")

    assert version(folder, monkeypatch) != before


def test_a_changed_file_that_it_does_not_import_leaves_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version(folder, monkeypatch)

    (folder / "own/other.py").write_text("changed = True\n", encoding="utf-8")

    assert version(folder, monkeypatch) == before
