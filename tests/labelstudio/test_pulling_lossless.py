"""Documents that were imported into a real server come back as they were."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from full_documents import STEMS, canonical, full
from live_projects import GOLD, plain, project, pull
from msgspec.structs import replace

from vinee.formats.label_studio import task
from vinee.labelstudio.connection import Connection
from vinee.model import Argument, Chain, Document, Entity, Event, Mention, Span, Timex

pytestmark = pytest.mark.label_studio

FAMILY = "👨‍👩‍👧"
NFD = unicodedata.normalize("NFD", "Điện Kremlin")
TEXT = f"  {FAMILY}\t{NFD}  và\r\nthủ  tướng 😀 Lào\u2028đến\u00a0Huế, <b>&amp; \\n.\n"


def span(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


def mention(part: str, label: str, id_: str | None, **more: object) -> Mention:
    return Mention(*span(part), label, id=id_, **more)  # type: ignore[arg-type]


HOSTILE = {
    "emoji, tabs and two spaces": Document(
        "hostile-1",
        TEXT,
        mentions=(
            mention(NFD, "FAC", "m1", extent=Span(*span(f"{FAMILY}\t{NFD}  và"))),
            mention("thủ  tướng 😀 Lào", "PER", "m2", level="NOM"),
            mention("Lào\u2028đến", "GPE", "m3"),
        ),
    ),
    "nested, crossing, of the same span": Document(
        "hostile-2",
        TEXT,
        mentions=(
            mention("thủ  tướng 😀 Lào", "PER", "m1"),
            mention("thủ  tướng 😀 Lào", "ORG", "m2"),
            mention("Lào", "GPE", "m3", entity="e1"),
            mention("tướng 😀", "TITLE", "m4"),
            mention("😀 Lào\u2028đến", "EVT", "m5"),
        ),
        entities=(Entity("e1", "GPE", "Lào", wikidata="Q819"), Entity("e9", "PER", "without")),
    ),
    "ids of all kinds": Document(
        "hostile-3",
        TEXT,
        mentions=(
            mention("Lào", "GPE", "~m1", entity='"><script>alert(1)</script>'),
            mention("Huế", "GPE", 'it\'s "quoted" \\', entity="~"),
            mention("thủ", "PER", None),
        ),
        entities=(
            Entity('"><script>alert(1)</script>', "GPE", name="<b>&amp;"),
            Entity("~", "GPE"),
        ),
        timexes=(Timex(*span("và"), id="~~", type="DATE", value="2025-08-07", mod="APPROX"),),
    ),
    "roles, spans and implicit arguments": Document(
        "hostile-4",
        TEXT,
        mentions=(mention("Lào", "GPE", "m1"), mention("thủ  tướng", "PER", "m2")),
        events=(
            Event(
                "Movement.Transport",
                Span(*span("đến")),
                id="ev1",
                arguments=(
                    Argument("Artifact", ref="m2"),
                    Argument("Agent", ref="m2"),
                    Argument("Destination", span=Span(*span("Huế"))),
                    Argument("Origin", ref="m1", implicit=True),
                ),
                polarity="POSITIVE",
                realis="OTHER",
                modality="PLANNED",
                chain="c1",
            ),
        ),
        chains=(Chain("c1", "đến Huế", "visit"), Chain("c2", "without an event")),
        meta={"source": "máy", "nested": {"a": [1, None, True]}},
    ),
    "layers in which nothing was found": Document(
        "hostile-5", TEXT, mentions=(), timexes=(), events=(), entities=(), chains=()
    ),
}


def test_gold_comes_back(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, map(task, GOLD.values()))

    summary = pull(connection, title, tmp_path)

    assert (summary.findings, summary.tasks) == ([], 5)
    [folder] = tmp_path.iterdir()
    for doc_id, document in GOLD.items():
        assert plain(folder / f"{doc_id}.json") == canonical(document)


def test_hostile_documents_come_back(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, map(task, HOSTILE.values()))

    summary = pull(connection, title, tmp_path)

    assert [str(f) for f in summary.findings if f.refuses] == []
    [folder] = tmp_path.iterdir()
    for name, document in HOSTILE.items():
        came = plain(folder / f"{document.doc_id}.json", document)
        assert came == canonical(document), name


def test_articles_with_every_attribute_come_back(connection: Connection, tmp_path: Path) -> None:
    documents = {stem: replace(full(stem), doc_id=f"full-{stem}") for stem in STEMS}
    title = project(connection, map(task, documents.values()))

    summary = pull(connection, title, tmp_path)

    assert summary.tasks == 5
    refused = {finding.where.doc_id for finding in summary.findings if finding.refuses}
    for document in documents.values():
        found = [*tmp_path.glob(f"*/{document.doc_id}.json")]
        assert bool(found) != (document.doc_id in refused)
        for path in found:
            assert plain(path) == canonical(document)
