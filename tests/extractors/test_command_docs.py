"""What docs/extractors.md shows is run."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vinee.corpus.gold import documents
from vinee.extractors import Claims, resolve
from vinee.extractors.command import CommandExtractor, answer
from vinee.extractors.http import HttpExtractor

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "extractors.md").read_text(encoding="utf-8")
ANSWERS = re.findall(r"<!-- answer: ([^\n]*) -->\n```json\n(.*?)```", PAGE, re.DOTALL)
ARTICLE = documents()[0]


def program(name: str) -> str:
    """The example that the page marks with a name."""
    found = re.search(rf"<!-- run: {name} -->\n```python\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def names_of_countries() -> int:
    return len(re.findall("Nga|Mỹ|Ukraine", ARTICLE.text or ""))


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my_system.py").write_text(program("command"), encoding="utf-8")

    with CommandExtractor(f"{sys.executable} my_system.py") as extractor:
        (found,) = extractor.extract([ARTICLE])

    assert len(found.mentions or ()) == names_of_countries()


@contextmanager
def running(path: Path) -> Iterator[int]:
    """Run a server's program on a free port until it is not needed any more."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    with subprocess.Popen([sys.executable, path, str(port)], stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.02)
            yield port
        finally:
            server.kill()


def test_the_address(tmp_path: Path) -> None:
    path = tmp_path / "my_server.py"
    path.write_text(program("address"), encoding="utf-8")

    with running(path) as port, HttpExtractor(f"http://127.0.0.1:{port}/extract") as extractor:
        (found,) = extractor.extract([ARTICLE])

    assert len(found.mentions or ()) == names_of_countries()


def test_there_are_three_forms_of_an_answer() -> None:
    assert len(ANSWERS) == 3


@pytest.mark.parametrize(("expected", "content"), ANSWERS)
def test_an_answer(expected: str, content: str) -> None:
    content = content.replace("…", ARTICLE.doc_id)

    found = answer.read(content.encode(), ARTICLE, "the page")

    assert ", ".join(f"{each.text}/{each.type}" for each in found.mentions or ()) == expected
    assert {each.trigger.text for each in found.events or ()} <= {"gặp"}


def test_the_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my_systems_of_the_page.py").write_text(program("card"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])

    found = resolve("my_systems_of_the_page:tagger")

    sys.modules.pop("my_systems_of_the_page")
    assert found.name == "My tagger"
    assert found.claims == Claims(("PER", "LOC", "ORG", "MISC"), scheme="coarse")
