"""No trigger is left out by oversight: its word is one everywhere, or it is said why not."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from vinee import resources
from vinee.corpus import gold, missed
from vinee.model import Document, Event, Span

TEXT = "Ông An nói. Khó có thể nói sớm. Nói chuyện."
DOCUMENT = Document(
    "d",
    text=TEXT,
    sentences=(Span(0, 11, TEXT[:11]), Span(12, 31, TEXT[12:31]), Span(32, 43, TEXT[32:])),
    events=(
        Event("Speech.Statement", Span(7, 10, "nói")),
        Event("Contact.Contact", Span(32, 42, "Nói chuyện")),
    ),
)
EXCUSE = "- {doc_id: d, s: 1, quote: nói, why: 'E19: a formula'}\n"


def found(tmp_path: Path, listed: str, document: Document = DOCUMENT) -> list[str]:
    file = tmp_path / "not_triggers.yaml"
    file.write_text(listed, "utf-8")
    return [finding.message for finding in missed.findings([document], file)]


def test_word_that_is_a_trigger_elsewhere_is_asked_for(tmp_path: Path) -> None:
    messages = found(tmp_path, "")

    assert len(messages) == 1
    assert messages[0].startswith("'nói' is a trigger elsewhere, but not in …'")


def test_file_that_is_not_there_excuses_nothing(tmp_path: Path) -> None:
    assert len([*missed.findings([DOCUMENT], tmp_path / "none.yaml")]) == 1


def test_word_with_a_reason_is_excused(tmp_path: Path) -> None:
    assert found(tmp_path, EXCUSE) == []


def test_excuse_that_is_not_needed_is_told(tmp_path: Path) -> None:
    idle = "- {doc_id: d, s: 0, quote: Ông An, why: 'E1'}\n"

    assert found(tmp_path, EXCUSE + idle) == ["d s0 'Ông An' need not be excused; remove it"]


@pytest.mark.parametrize(
    "listed",
    [
        "- {doc_id: d, s: 1, quote: nhảy, why: 'E1'}\n",
        "- {doc_id: d, s: 9, quote: nói, why: 'E1'}\n",
        "- {doc_id: x, s: 1, quote: nói, why: 'E1'}\n",
        "- {doc_id: d}\n",
        "nói",
    ],
)
def test_excuse_that_leads_nowhere_is_told(tmp_path: Path, listed: str) -> None:
    assert len(found(tmp_path, listed)) == 1


def test_every_word_left_out_of_our_gold_has_its_reason() -> None:
    file = resources.root() / "annotations" / "not_triggers.yaml"

    assert [*missed.findings(gold.documents(), file)] == []
    assert all(item.why[0] in "GE" for item in missed.read(file))


def test_dropped_event_of_our_gold_is_missed() -> None:
    file = resources.root() / "annotations" / "not_triggers.yaml"
    first, *others = gold.documents()
    events = first.events or ()
    gone = next(event for event in events if event.trigger.text == "ca ngợi")
    fewer = msgspec.structs.replace(first, events=tuple(e for e in events if e is not gone))
    dropped = next(event for event in events if event.trigger.text == "cho biết")
    without = msgspec.structs.replace(first, events=tuple(e for e in events if e is not dropped))

    assert [*missed.findings([fewer, *others], file)] == []  # the word is a trigger nowhere else
    assert len([*missed.findings([without, *others], file)]) == 1
