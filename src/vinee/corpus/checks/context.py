"""What every check is given, and the two shapes that a check has."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import UNSET

from vinee.corpus.findings import Finding, Severity, path_of
from vinee.errors import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import Document, Located, Mention, Timex
    from vinee.ontology import Ontology


@dataclass(frozen=True)
class Context:
    """A document, the text that its offsets count in, and the labels that it may use.

    ``where`` holds file and line of the document, if it was read from one. ``left_out`` are the
    keys of items that other checks refused: what is compared with others is not compared with
    these.
    """

    document: Document
    text: str
    ontology: Ontology
    where: Where = field(default_factory=Where)
    left_out: frozenset[tuple[str | int, ...]] = frozenset()

    @cached_property
    def fillers(self) -> dict[str, Mention | Timex]:
        """Mentions and times by id: what an argument may refer to."""
        items: tuple[Mention | Timex, ...] = (
            *(self.document.mentions or ()),
            *(self.document.timexes or ()),
        )
        return {item.id: item for item in items if item.id is not None}

    def spans(self) -> Iterator[tuple[tuple[str | int, ...], Located, str | None]]:
        """Every span of the document with the keys that lead to it and the text it claims."""
        document = self.document
        for layer in ("sections", "sentences", "mentions", "timexes"):
            for index, item in enumerate(getattr(document, layer) or ()):
                yield (layer, index), item, item.text
        for index, mention in enumerate(document.mentions or ()):
            if mention.extent is not None:
                yield ("mentions", index, "extent"), mention.extent, mention.extent.text
        for index, event in enumerate(document.events or ()):
            yield ("events", index, "trigger"), event.trigger, event.trigger.text
            for number, argument in enumerate(event.arguments):
                if argument.span is not UNSET:
                    keys = ("events", index, "arguments", number, "span")
                    yield keys, argument.span, argument.span.text

    def finding(
        self, check: str, keys: tuple[str | int, ...], message: str, severity: Severity = "error"
    ) -> Finding:
        """Make a finding about the item to which ``keys`` lead."""
        place = Where(self.where.file, self.where.line, self.document.doc_id, path_of(keys))
        return Finding(check, severity, place, message, keys)
