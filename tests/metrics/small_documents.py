"""Small documents, cut from the real articles, that the metric tests share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from vinee.model import Argument, Document, Event, Mention, Span
from vinee.resources import root

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMMIT = "000_050def64e66b55bf"
STEMS = tuple(sorted(path.stem for path in (root() / "seeds").glob("*.txt")))


class TypeView:
    """The mention's own type on its bare span."""

    labels: tuple[str, ...] = ()
    identity: Mapping[str, str] = {"view": "type"}

    def altered(self, **settings: str) -> TypeView:
        raise AssertionError(settings)

    def __call__(self, document: Document) -> list[tuple[int, int, str]]:
        return [(each.start, each.end, each.type) for each in document.mentions or ()]


@cache
def article(doc_id: str) -> str:
    return (root() / "seeds" / f"{doc_id}.txt").read_bytes().decode("utf-8")


def mention(doc_id: str, phrase: str, type_: str, id_: str | None = None) -> Mention:
    """Mark the first place where the phrase stands in the article."""
    start = article(doc_id).index(phrase)
    return Mention(start, start + len(phrase), type_, id=id_)


def event(
    type_: str, trigger: tuple[int, int], *arguments: tuple[str, int, int], implicit: bool = False
) -> Event:
    """Build an event from a trigger span and ``(role, start, end)`` arguments."""
    return Event(
        type_,
        Span(*trigger),
        arguments=tuple(
            Argument(role, span=Span(start, end), implicit=implicit)
            for role, start, end in arguments
        ),
    )
