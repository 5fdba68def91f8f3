"""Views: the typed spans of a document that a task is about.

Exports, extractors and scores all project documents through these, so that they agree on
what a name is.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from vinee import ontology
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.model import Document, Level

TypedSpan = tuple[int, int, str]
Nesting = Literal["all", "outer"]


@dataclass(frozen=True)
class EntityView:
    """Mentions as ``(start, end, label)``, half-open, in code points.

    Attributes:
        scheme: ``fine`` types, or their ``coarse`` VLSP counterparts.
        nesting: ``all`` mentions, or the ``outer`` ones only, which can be written as tags.
        levels: Mention levels that take part.
        span: ``bare`` name, or its ``extent``, the bare span standing in where there is none.
    """

    scheme: ontology.Scheme = "coarse"
    nesting: Nesting = "all"
    levels: tuple[Level, ...] = ("NAM",)
    span: Literal["bare", "extent"] = "bare"
    labels_of: ontology.Ontology = field(default_factory=ontology.default, repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the scheme."""
        return self.labels_of.labels(self.scheme)

    @property
    def identity(self) -> Mapping[str, str]:
        """What the view does, for signatures."""
        return {
            "labels": f"{self.scheme}[{len(self.labels)}]",
            "levels": "+".join(self.levels),
            "nesting": self.nesting,
            "span": self.span,
        }

    def altered(self, **settings: str) -> EntityView:
        """Return this view with other settings: ``levels`` joined by +, ``span``, ``nesting``.

        ``labels`` names the scheme.

        Raises:
            InvalidError: There is no such setting.
        """
        changes: dict[str, Any] = dict(settings)
        if "levels" in changes:
            changes["levels"] = tuple(changes["levels"].split("+"))
        if "labels" in changes:
            changes["scheme"] = changes.pop("labels")
        if unknown := sorted(changes.keys() - {"levels", "span", "nesting", "scheme"}):
            problem = f"a view of mentions has no setting {unknown[0]!r}"
            raise InvalidError("view-setting", Where(), problem)
        return replace(self, **changes)

    def __call__(self, document: Document) -> list[TypedSpan]:
        """Project a document; spans of equal offsets and label appear once."""
        spans = set()
        for mention in document.mentions or ():
            if mention.level not in self.levels:
                continue
            coarse = self.scheme == "coarse"
            label = self.labels_of.coarse_of(mention) if coarse else mention.type
            if label is not None:
                part = (mention.extent if self.span == "extent" else None) or mention
                spans.add((part.start, part.end, label))
        return outermost(spans) if self.nesting == "outer" else sorted(spans)


def outermost(spans: Iterable[TypedSpan]) -> list[TypedSpan]:
    """Keep the spans that no other kept span overlaps, longer ones first, then earlier ones."""
    kept: list[TypedSpan] = []
    # Kept spans that hold a character are apart, so in order of start they are in order of end.
    starts: list[int] = []
    ends: list[int] = []
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        at = bisect_left(starts, end)
        if at == 0 or ends[at - 1] <= start:
            kept.append((start, end, label))
            if start < end:
                starts.insert(at, start)
                ends.insert(at, end)
    return sorted(kept)
