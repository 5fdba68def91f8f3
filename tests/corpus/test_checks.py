"""Each fixture in ``invalid/`` holds one mistake, and is named after the check that must see it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from vinee.corpus import checks
from vinee.corpus.validate import check_document
from vinee.model import Document

FIXTURES = Path(__file__).parent / "invalid"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.json") if path.stem != "valid")


def load(name: str) -> tuple[Document, str]:
    fixture = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return msgspec.convert(fixture["document"], Document), fixture["text"]


def test_document_without_a_mistake_has_no_finding() -> None:
    document, text = load("valid")

    assert check_document(document, text) == []


@pytest.mark.parametrize("name", NAMES)
def test_mistake_is_seen_by_the_check_of_its_name_and_by_no_other(name: str) -> None:
    document, text = load(name)

    findings = check_document(document, text)

    assert {finding.id for finding in findings} == {name}


@pytest.mark.parametrize("name", NAMES)
def test_finding_names_document_and_path(name: str) -> None:
    document, text = load(name)

    finding = check_document(document, text)[0]

    assert finding.where.doc_id == "d"
    assert (finding.where.path or "").startswith("$")


def test_every_check_has_a_fixture() -> None:
    """The ids that checks announce in their docstrings are those of the fixtures."""
    announced = {
        name
        for check in (*checks.CONTENT, *checks.GOLD)
        for name in re.findall(r"``([a-z-]+)``(?=[:,] | and )", check.__doc__ or "")
    }

    assert announced == set(NAMES)
