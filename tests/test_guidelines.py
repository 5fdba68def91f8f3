"""The two editions of the guidelines say the same: same rules, same examples."""

from __future__ import annotations

import re

from vinee import ontology, resources

FOLDER = resources.root() / "annotations"
ENGLISH = (FOLDER / "GUIDELINES.md").read_text("utf-8")
VIETNAMESE = (FOLDER / "GUIDELINES.vi.md").read_text("utf-8")


def rules(text: str) -> list[str]:
    return re.findall(r"^- \*\*([GSMCTEARK]\d+)\.", text, flags=re.MULTILINE)


def quoted(text: str) -> set[str]:
    return {" ".join(found.split()) for found in re.findall(r"`([^`]+)`", text)}


def test_both_editions_have_the_same_rules_in_the_same_order() -> None:
    assert rules(ENGLISH)
    assert rules(ENGLISH) == rules(VIETNAMESE)


def test_both_editions_give_the_same_examples() -> None:
    assert quoted(ENGLISH) == quoted(VIETNAMESE)


def test_labels_that_the_guidelines_name_are_in_the_ontology() -> None:
    named = set(re.findall(r"\b(?:Diplomacy|Contact|Conflict|Speech)\.[A-Z][A-Za-z-]+", ENGLISH))

    assert named
    assert named <= set(ontology.default().event_labels)
