"""Documents become passes, and resolving these gives the documents again."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from vinee.corpus import add, gold, links, quoted
from vinee.corpus.quoted.quote import quote
from vinee.errors import InvalidError
from vinee.model import (
    Argument,
    Chain,
    Document,
    Entity,
    Event,
    Mention,
    Section,
    Span,
    Timex,
)

TEXT = (
    "(Báo Mới) - Ngày 7/8, Thủ tướng Lào Sonexay Siphandone thăm Hà Nội.\n\n"
    "Ông gặp Thủ tướng Việt Nam. Thủ tướng Việt Nam chúc mừng Lào."
)


@pytest.mark.parametrize("document", gold.documents(), ids=lambda document: document.doc_id)
def test_gold_quoted_and_resolved_is_the_gold(document: Document) -> None:
    handed_in = quote(document, annotator="a", guidelines="1.0")

    assert handed_in.notes == ()
    resolved = quoted.resolve(document.text or "", handed_in)
    assert links.linked(resolved, links.read()) == document


def full() -> Document:
    """Give TEXT with every layer and every kind of argument."""

    def span(string: str, n: int = 0) -> tuple[int, int]:
        start = -1
        for _ in range(n + 1):
            start = TEXT.index(string, start + 1)
        return start, start + len(string)

    def mention(id_: str, string: str, n: int, kind: str, **given: Any) -> Mention:
        return Mention(*span(string, n), kind, text=string, id=id_, **given)

    def trigger(string: str) -> Span:
        return Span(*span(string), string)

    whole = "Thủ tướng Lào Sonexay Siphandone"
    layout = add.layout("005_lao", TEXT)
    return msgspec.structs.replace(
        layout,
        mentions=(
            mention("m1", "Lào", 0, "GPE", entity="e1", gpe_role="ORG"),
            mention(
                "m2",
                "Sonexay Siphandone",
                0,
                "PER",
                entity="e2",
                extent=Span(*span(whole), whole),
            ),
            mention("m3", "Ông", 0, "PER", level="PRO", entity="e2"),
            mention("m4", "Việt Nam", 1, "GPE", entity="e3"),
            mention("m5", "Lào", 1, "GPE", entity="e1"),
        ),
        timexes=(
            Timex(
                *span("Ngày 7/8"),
                text="Ngày 7/8",
                id="t1",
                type="DATE",
                value="XXXX-08-07",
                mod="APPROX",
            ),
        ),
        events=(
            Event(
                "Movement.Transport",
                trigger("thăm"),
                id="ev1",
                arguments=(Argument("Agent", ref="m2"), Argument("Time", ref="t1")),
                polarity="POSITIVE",
                realis="ACTUAL",
                chain="c1",
            ),
            Event(
                "Contact.Meet",
                trigger("gặp"),
                id="ev2",
                arguments=(
                    Argument("Entity", ref="m3"),
                    Argument("Time", ref="t1", implicit=True),
                ),
                polarity="POSITIVE",
                realis="OTHER",
                modality="PLANNED",
                chain="c2",
            ),
            Event(
                "Speech.Statement",
                trigger("chúc mừng"),
                id="ev3",
                arguments=(
                    Argument("Content", span=Span(*span("Lào", 1), "Lào")),
                    Argument("Recipient", ref="m3", implicit=True),
                    Argument("Place", span=Span(*span("Hà Nội"), "Hà Nội"), implicit=True),
                ),
                polarity="NEGATIVE",
                realis="ACTUAL",
                chain="c1",
            ),
        ),
        entities=(
            Entity("e1", "GPE", name="Lào", corpus_id="Laos"),
            Entity("e2", "PER", name="Sonexay Siphandone", corpus_id="Siphandone"),
            Entity("e3", "GPE", name="Việt Nam", corpus_id="Vietnam"),
        ),
        chains=(Chain("c1", corpus_id="visit"), Chain("c2")),
    )


def test_document_with_every_layer_comes_back() -> None:
    handed_in = quote(full(), annotator="a", guidelines="1.0")

    assert handed_in.notes == ()
    assert quoted.resolve(TEXT, handed_in) == full()


def test_reversed_layers_come_back_in_order_of_the_text() -> None:
    document = full()
    turned = msgspec.structs.replace(document, mentions=(document.mentions or ())[::-1])

    found = quoted.resolve(TEXT, quote(turned, annotator="a", guidelines="1.0"))

    assert set(found.mentions or ()) == set(document.mentions or ())
    assert found.entities == document.entities


def test_names_of_one_article_are_told_apart_from_those_of_others() -> None:
    own = msgspec.structs.replace(
        full(),
        entities=tuple(msgspec.structs.replace(e, corpus_id=None) for e in full().entities or ()),
        chains=(Chain("c1"), Chain("c2")),
    )

    found = quoted.resolve(TEXT, quote(own, annotator="a", guidelines="1.0"))

    assert [each.corpus_id for each in found.entities or ()] == [f"005_lao:e{n}" for n in (1, 2, 3)]
    assert [each.corpus_id for each in found.chains or ()] == ["005_lao:c1", None]


def test_items_without_ids_get_new_ones() -> None:
    document = msgspec.structs.replace(
        add.layout("d", TEXT),
        mentions=(Mention(1, 4, "X"), Mention(5, 8, "X", id="m1")),
    )

    handed_in = quote(document, annotator="a", guidelines="1.0")

    assert [m.id for m in handed_in.sentences[0].mentions] == ["m2", "m1"]


@pytest.mark.parametrize(
    ("layers", "note"),
    [
        ({"mentions": (Mention(2, 4, "PER", id="m1"),)}, "mention m1 at [2, 4) 'áo'"),
        ({"mentions": (Mention(5, 20, "PER", id="m1"),)}, "mention m1 at [5, 20)"),
        ({"mentions": (Mention(4, 4, "PER", id="m1"),)}, "mention m1 at [4, 4) ''"),
        (
            {"mentions": (Mention(1, 4, "PER", id="m1", extent=Span(1, 7)),)},
            "extent of mention m1 at [1, 7) 'Báo Mớ'",
        ),
        ({"timexes": (Timex(17, 20, id="t1"),)}, "time t1 at [17, 20)"),
        ({"timexes": (Timex(12, 20, id="t1", type="DATE", mod="SOON"),)}, "mod 'SOON' of time t1"),
        ({"events": (Event("X", Span(2, 4), id="ev1"),)}, "event ev1 at [2, 4)"),
        (
            {"events": (Event("X", Span(1, 4), id="ev1", arguments=(Argument("A", ref="m9"),)),)},
            "A of event ev1",
        ),
        (
            {
                "events": (
                    Event("X", Span(1, 4), id="e", arguments=(Argument("A", span=Span(12, 16)),)),
                )
            },
            "A of event e",
        ),
    ],
)
def test_what_a_pass_cannot_say_is_noted(layers: dict[str, Any], note: str) -> None:
    document = msgspec.structs.replace(add.layout("d", TEXT), **layers)

    handed_in = quote(document, annotator="a", guidelines="1.0", notes=["first"])

    assert handed_in.notes[0] == "first"
    assert handed_in.notes[1].startswith(note)
    assert quoted.resolve(TEXT, handed_in).text == TEXT


def test_implicit_argument_in_its_own_sentence_is_noted() -> None:
    document = full()
    events = document.events or ()
    own = msgspec.structs.replace(events[1], arguments=(Argument("A", ref="m3", implicit=True),))

    handed_in = quote(
        msgspec.structs.replace(document, events=(own,)), annotator="a", guidelines="1.0"
    )

    assert handed_in.notes[0].startswith("A of event ev2")


def test_document_without_layout_is_refused() -> None:
    with pytest.raises(InvalidError, match="needs text and sections"):
        quote(Document("d", text=TEXT), annotator="a", guidelines="1.0")


def test_section_that_begins_inside_a_syllable_is_refused() -> None:
    document = Document("d", text=TEXT, sections=(Section(2, len(TEXT), "body"),))

    with pytest.raises(InvalidError, match="must begin with a syllable"):
        quote(document, annotator="a", guidelines="1.0")
