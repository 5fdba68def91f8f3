"""An article with every layer, cut from a real one, and how to write and compare its editions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.corpus import seeds
from vinee.corpus.diff import compare, editions, render
from vinee.formats import native
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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DOC_ID = "002_7d1fedcf346e9907"


@cache
def text() -> str:
    """The first three sentences."""
    whole = seeds.text(DOC_ID)
    return whole[: whole.index("việc đó.") + len("việc đó.")]


def find(phrase: str, after: str = "") -> Span:
    """The first place where a phrase stands, after another phrase."""
    start = text().index(phrase, text().index(after))
    return Span(start, start + len(phrase), phrase)


def mention(id_: str, phrase: str, type_: str, after: str = "", **fields: Any) -> Mention:
    """A mention of a phrase."""
    span = find(phrase, after)
    return Mention(span.start, span.end, type_, span.text, id_, **fields)


@cache
def article() -> Document:
    """The article: eight mentions of five entities, a date, three events, two in one chain."""
    ends = [text().index(mark) + len(mark) for mark in ("kỹ lưỡng.", "gặp này.", "việc đó.")]
    starts = [0, text().index("Tuy nhiên"), text().index("Theo thông tin")]
    date = find("Ngày 26/2")
    peskov = (Argument("Speaker", ref="m1"), Argument("Time", ref="t1"))
    leaders = (Argument("Entity", ref="m3"), Argument("Entity", ref="m5"))
    return Document(
        DOC_ID,
        text=text(),
        sections=(Section(0, len(text()), "body", text()),),
        sentences=tuple(
            Span(start, end, text()[start:end]) for start, end in zip(starts, ends, strict=True)
        ),
        mentions=(
            mention("m1", "Dmitry Peskov", "PER", entity="e1"),
            mention("m2", "Mỹ", "GPE", gpe_role="LOC", entity="e2"),
            mention("m3", "Donald Trump", "PER", entity="e3"),
            mention("m4", "Nga", "GPE", "Tổng thống Nga", gpe_role="LOC", entity="e4"),
            mention(
                "m5",
                "Vladimir Putin",
                "PER",
                entity="e5",
                extent=find("Tổng thống Nga Vladimir Putin"),
            ),
            mention("m6", "Peskov", "PER", "từ ông", entity="e1"),
            mention("m7", "Nga", "GPE", "nhà lãnh đạo", gpe_role="ORG", entity="e4"),
            mention("m8", "Mỹ", "GPE", "nhà lãnh đạo", gpe_role="ORG", entity="e2"),
        ),
        entities=(
            Entity("e1", "PER", "Dmitry Peskov", "peskov"),
            Entity("e2", "GPE", "Mỹ", "us", "Q30"),
            Entity("e3", "PER", "Donald Trump", "trump"),
            Entity("e4", "GPE", "Nga", "russia"),
            Entity("e5", "PER", "Vladimir Putin", "putin"),
        ),
        timexes=(Timex(date.start, date.end, date.text, "t1", "DATE", "2025-02-26"),),
        events=(
            Event("Speech.Statement", find("cho biết"), "ev1", peskov, realis="ACTUAL"),
            Event("Contact.Meet", find("gặp mặt"), "ev2", leaders, realis="OTHER", chain="c1"),
            Event("Contact.Meet", find("gặp", "cuộc gặp"), "ev3", realis="OTHER", chain="c1"),
        ),
        chains=(Chain("c1", "cuộc gặp", "meeting-2025"),),
    )


def changed(layer: str, index: int, **fields: Any) -> Document:
    """The article with other fields of one item."""
    items = list(getattr(article(), layer))
    items[index] = replace(items[index], **fields)
    return replace(article(), **{layer: tuple(items)})


def told(folder: Path, old: Sequence[Document], new: Sequence[Document]) -> list[str]:
    """Write both editions as folders of gold, read them again, and tell what changed."""
    for name, documents in (("old", old), ("new", new)):
        (folder / name).mkdir()
        for document in documents:
            native.write(folder / name / f"{document.doc_id}.json", document)
    was, is_ = (editions.read(str(folder / name)) for name in ("old", "new"))
    found = compare(was.documents, is_.documents)
    return [line.text.strip() for line in render.lines(found)][2:]


def changes(folder: Path, new: Document) -> list[str]:
    """Tell what changed from the article, without the line that names it."""
    lines = told(folder, [article()], [new])
    assert lines[:2] == ["", DOC_ID]
    return lines[2:]


def mentions() -> tuple[Mention, ...]:
    """The mentions of the article."""
    return article().mentions or ()
