"""What docs/llm.md says is so."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from vinee.corpus.gold import documents
from vinee.extractors import contract, resolve
from vinee.extractors.llm import FewShotLlmExtractor, prompts, units
from vinee.extractors.llm.schema import response_format
from vinee.extractors.llm.settings import Settings, Unit

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "llm.md").read_text(encoding="utf-8")
SOURCES = sorted((ROOT / "src" / "vinee" / "extractors" / "llm").glob("*.py"))


def test_the_settings_file(tmp_path: Path) -> None:
    found = re.search(r"<!-- settings -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    path = tmp_path / "my_model.yaml"
    path.write_text(found[1], encoding="utf-8")

    extractor = resolve(f"llm:{path}")

    contract.check(extractor)
    assert isinstance(extractor, FewShotLlmExtractor)
    assert extractor.texts_seen == "no"


@pytest.mark.parametrize(
    ("unit", "requests"), [("document", 5), ("paragraph", 75), ("sentence", 95)]
)
def test_the_number_of_requests(unit: Unit, requests: int) -> None:
    assert sum(len(units.stretches(each, unit)) for each in documents()) == requests
    assert re.search(rf"\b{requests} (requests )?by {unit}", PAGE)


def test_the_length_of_the_prompts() -> None:
    instructions = len(prompts.system(Settings()))

    assert instructions == pytest.approx(22_000, rel=0.1)
    assert len(prompts.system(Settings(layers=("mentions",)))) == pytest.approx(
        instructions / 5, rel=0.2
    )
    assert len(msgspec.json.encode(response_format(Settings()))) == pytest.approx(3_000, rel=0.2)


def test_every_problem_is_explained() -> None:
    """The names that are counted stand in the sources as keys or as arguments."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    counted = set(re.findall(r'(?:counts|dropped)\["(\w+)"\]|_counted\("(\w+)"', source))
    names = {name for pair in counted for name in pair if name}

    assert {"lost", "fence", "unknown_role", "again"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in PAGE] == []
    assert all(f"`{name}`" in PAGE for name in ("truncated", "filtered", "refused"))
