"""A small gold of three documents, cut from the real articles, that the bench tests share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from vinee.errors import MissingExtraError
from vinee.extractors import Claims
from vinee.model import Argument, Document, Event, Mention, Section, Span, Timex
from vinee.resources import root
from vinee.text import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMIT = "000_050def64e66b55bf"
VISIT = "002_7d1fedcf346e9907"
PEACE = "003_db0b2b193ebff8e5"
CLAIMS = Claims(
    entities=("PER", "GPE", "ORG", "EVT"),
    timexes=True,
    events=("Contact.Meet", "Diplomacy.Visit"),
    roles=("Entity",),
)


@cache
def opening(doc_id: str, length: int = 400) -> str:
    """The first lines of an article, as many as start within that many code points."""
    text = (root() / "seeds" / f"{doc_id}.txt").read_bytes().decode("utf-8")
    return text[: text.index("\n", length)]


def find(doc_id: str, phrase: str) -> tuple[int, int]:
    """The first place where a phrase stands."""
    start = opening(doc_id).index(phrase)
    return start, start + len(phrase)


def mention(doc_id: str, phrase: str, label: str, id_: str | None = None) -> Mention:
    """A name, marked where it stands first."""
    return Mention(*find(doc_id, phrase), label, text=phrase, id=id_)


def document(
    doc_id: str, mentions: Sequence[Mention] | None, events: Sequence[Event] | None = None
) -> Document:
    """A document with the layers that an annotator would hand in."""
    text = opening(doc_id)
    return Document(
        doc_id,
        text=text,
        sections=(Section(0, len(text), "body"),),
        sentences=tuple(Span(start, end, text[start:end]) for start, end in sentences(text)),
        mentions=None if mentions is None else tuple(mentions),
        timexes=() if mentions is not None else None,
        events=None if events is None else tuple(events),
    )


@cache
def gold() -> tuple[Document, ...]:
    """Three annotated documents."""
    meeting = Event(
        "Contact.Meet",
        Span(*find(SUMMIT, "gặp")),
        id="ev1",
        arguments=(Argument("Entity", ref="m1"), Argument("Entity", ref="m2")),
    )
    year = Timex(*find(SUMMIT, "năm 2019"), id="t1", type="DATE", value="2019")
    summit = document(
        SUMMIT,
        [
            mention(SUMMIT, "Vladimir Putin", "PER", "m1"),
            mention(SUMMIT, "Donald Trump", "PER", "m2"),
            mention(SUMMIT, "hội nghị thượng đỉnh G20", "EVT", "m3"),
            mention(SUMMIT, "G20", "ORG", "m4"),
            mention(SUMMIT, "Nga", "GPE", "m5"),
        ],
        [meeting],
    )
    visit = Event("Diplomacy.Visit", Span(*first_word(VISIT)), id="ev1")
    return (
        Document(
            summit.doc_id,
            summit.text,
            summit.sections,
            summit.sentences,
            summit.mentions,
            timexes=(year,),
            events=summit.events,
        ),
        document(VISIT, [Mention(*first_word(VISIT), "GPE", id="m1")], [visit]),
        document(PEACE, [Mention(*first_word(PEACE), "PER", id="m1")], []),
    )


def first_word(doc_id: str) -> tuple[int, int]:
    """The span of the first word of an article."""
    return 0, len(opening(doc_id).split()[0])


class Echo:
    """An extractor that gives the documents that it was made with."""

    name = "echo"
    version = "1"
    trained_on = "nothing: it repeats what it was given"

    def __init__(self, documents: Sequence[Document], claims: Claims) -> None:
        self.known = {each.doc_id: each for each in documents}
        self.claims = claims
        self.seen: list[Document] = []

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        self.seen += documents
        return [
            Document(
                each.doc_id,
                mentions=self.known[each.doc_id].mentions,
                timexes=self.known[each.doc_id].timexes,
                events=self.known[each.doc_id].events,
            )
            for each in documents
        ]


class Perfect(Echo):
    """Gives the small gold itself; made without arguments, as ``module:object`` needs it."""

    name = "perfect"

    def __init__(self) -> None:
        super().__init__(gold(), CLAIMS)


class Namesake(Perfect):
    """Another extractor of the same name."""


class Half(Echo):
    """Gives the first person of each document of the small gold."""

    name = "half"

    def __init__(self) -> None:
        some = [
            Document(
                each.doc_id, mentions=tuple(m for m in each.mentions or () if m.type == "PER")[:1]
            )
            for each in gold()
        ]
        super().__init__(some, Claims(("PER", "LOC", "ORG", "MISC"), scheme="coarse"))


class Uninstalled(Perfect):
    """Needs a package that is not there."""

    name = "uninstalled"

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        del documents
        raise MissingExtraError("some-package", "some")
