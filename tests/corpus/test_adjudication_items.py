"""Wikidata items that annotators gave, on the way to the decided document."""

from __future__ import annotations

from vinee.corpus.adjudication import articles
from vinee.corpus.adjudication.article import Article
from vinee.corpus.adjudication.items import disputed, given, with_items
from vinee.model import Document, Entity, Mention, Span

TEXT = "Lào thăm Pháp."


def annotated(name: str, item: str | None) -> Document:
    return Document(
        "a",
        TEXT,
        sentences=(Span(0, len(TEXT)),),
        mentions=(Mention(0, 3, "GPE", id="m1", entity="e1"),),
        entities=(Entity("e1", "GPE", corpus_id=name, wikidata=item),),
    )


def article(first: str | None, second: str | None) -> Article:
    [paired] = articles([annotated("lao", first)], [annotated("laos", second)], ("lan", "minh"))
    return paired


def items_of(paired: Article) -> list[str | None]:
    document = with_items(annotated("lao", None), given(paired))
    return [entity.wikidata for entity in document.entities or ()]


def test_item_that_both_gave_is_carried_over_whatever_they_called_the_entity() -> None:
    assert items_of(article("Q819", "Q819")) == ["Q819"]


def test_item_that_one_gave_is_carried_over() -> None:
    assert items_of(article(None, "Q819")) == ["Q819"]


def test_item_that_nobody_gave_stays_unknown() -> None:
    assert items_of(article(None, None)) == [None]


def test_items_that_differ_stay_unknown_and_are_told_with_who_said_what() -> None:
    paired = article("Q819", "NIL")

    assert items_of(paired) == [None]
    assert disputed(given(paired)) == (
        "entity lao: lan says Q819, minh says NIL; it stays unknown, decide it in entities.yaml",
    )


def test_document_without_entities_stays_so() -> None:
    assert with_items(Document("a", TEXT), {}).entities is None
