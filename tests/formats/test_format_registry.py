"""Formats by name: imported when asked for, honest about what they hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from full_documents import STEMS, canonical, full

from vinee.errors import InputError, InvalidError, UnknownNameError
from vinee.formats import registry
from vinee.formats.contract import FEATURES, features_of, losses, text_of
from vinee.formats.jsonl import JsonLines
from vinee.model import Document, Event, Mention, Section, Span, Timex


@pytest.mark.parametrize("name", registry.names())
def test_every_format_bears_its_name_and_knows_the_features(name: str) -> None:
    format_ = registry.get(name)

    assert format_.name == name
    assert "\n" not in format_.description
    assert format_.holds <= set(FEATURES)


@pytest.mark.parametrize("name", registry.names())
def test_what_a_format_says_it_holds_of_the_articles_it_holds(name: str, tmp_path: Path) -> None:
    format_ = registry.get(name)
    articles = [full(stem) for stem in STEMS]
    format_.write(articles, tmp_path / "out")

    back = format_.read(tmp_path / "out", {each.doc_id: each.text or "" for each in articles})

    if {loss.feature for loss in losses(format_, articles)} == set():
        assert [canonical(b) for b in back] == [canonical(a) for a in articles]
    assert [b.doc_id for b in back] == STEMS


def test_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="unknown format 'xml'; known: bigbio, brat"):
        registry.get("xml")


def test_listing_names_imports_no_format() -> None:
    code = (
        "import json, sys\nfrom vinee.formats import registry\nregistry.names()\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('vinee.formats.')]))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == ["vinee.formats.registry"]


def test_json_lines_hold_everything(tmp_path: Path) -> None:
    articles = tuple(full(stem) for stem in STEMS)
    JsonLines().write(articles, tmp_path / "a.jsonl")

    assert JsonLines().read(tmp_path / "a.jsonl") == articles
    assert losses(JsonLines(), articles) == []


def test_json_lines_stop_at_a_broken_line(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"doc_id": "a"}\n{', "utf-8")

    with pytest.raises(InputError, match=r"a.jsonl:2: "):
        JsonLines().read(tmp_path / "a.jsonl")


def test_losses_count_what_is_touched_in_the_order_of_the_features() -> None:
    document = full(STEMS[0])

    found = {loss.feature: loss.count for loss in losses(registry.get("timeml"), [document])}

    assert list(found) == [feature for feature in FEATURES if feature in found]
    assert found["mentions"] == len(document.mentions or ())
    assert found["mentions.level"] == sum(m.level != "NAM" for m in document.mentions or ())
    assert found["events.arguments"] == sum(len(e.arguments) for e in document.events or ())


NESTED = Document(
    "a", "Bộ Ngoại giao Nga", mentions=(Mention(0, 17, "ORG"), Mention(14, 17, "GPE"))
)
CROSSING = Document("a", "Nga Mỹ Anh", mentions=(Mention(0, 6, "ORG"), Mention(4, 10, "GPE")))
TWICE = Document("a", "Nga", mentions=(Mention(0, 3, "ORG"), Mention(0, 3, "GPE")))


@pytest.mark.parametrize(
    ("document", "features"),
    [
        (Document("a"), set()),
        (Document("a", mentions=()), {"layers.empty"}),
        (NESTED, {"text", "mentions", "mentions.nested"}),
        (CROSSING, {"text", "mentions", "mentions.crossing"}),
        (TWICE, {"text", "mentions", "mentions.repeated"}),
        (
            Document("a", timexes=(Timex(0, 3),), events=(Event("X", Span(2, 5)),)),
            {"timexes", "events", "events.crossing"},
        ),
        (Document("a", mentions=(Mention(0, 3, "PER", entity="e"),)), {"mentions", "entities"}),
        (Document("a", events=(Event("X", Span(0, 1), chain="c"),)), {"events", "chains"}),
    ],
)
def test_features_are_those_in_use(document: Document, features: set[str]) -> None:
    assert features_of(document) == features


@pytest.mark.parametrize(
    "document",
    [
        Document("a", "Nga", sections=(Section(0, 4, "body"),)),
        Document("a", "Nga", mentions=(Mention(0, 3, "GPE", extent=Span(-1, 3)),)),
        Document("a", "Nga", timexes=(Timex(2, 1),)),
        Document("a", "Nga", events=(Event("X", Span(1, 1)),)),
    ],
)
def test_spans_outside_of_the_text_are_refused(document: Document) -> None:
    with pytest.raises(InvalidError, match="span-outside"):
        text_of(document)
