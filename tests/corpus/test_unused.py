"""The edition names the labels that no article uses."""

from __future__ import annotations

from pathlib import Path

from vinee.corpus import gold
from vinee.corpus.unused import findings, unused

FILE = Path("edition.yaml")


def test_edition_names_exactly_what_occurs_nowhere() -> None:
    assert [*findings(gold.documents(), gold.edition().unused, FILE)] == []


def test_label_that_occurs_nowhere_must_be_named() -> None:
    named = {**gold.edition().unused, "realis": ()}

    messages = [finding.message for finding in findings(gold.documents(), named, FILE)]

    assert messages == ["'GENERIC' occurs nowhere; name it under unused.realis"]


def test_label_that_occurs_must_not_be_named() -> None:
    named = {**gold.edition().unused, "realis": ("GENERIC", "ACTUAL")}

    messages = [finding.message for finding in findings(gold.documents(), named, FILE)]

    assert messages == ["'ACTUAL' occurs; do not name it under unused.realis"]


def test_without_articles_everything_is_unused() -> None:
    assert "PER" in unused([])["entities"]
    assert "Contact.Meet" in unused([])["events"]
