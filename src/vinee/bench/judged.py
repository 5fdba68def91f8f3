"""Whether what an extractor gave keeps the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vinee.corpus import predictions
from vinee.corpus.foreign import is_own
from vinee.corpus.predictions import PredictionError, Predictions
from vinee.errors import ExtractorError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.corpus.labelmap import LabelMap
    from vinee.extractors import Claims, Extractor
    from vinee.model import Document
    from vinee.ontology import Ontology


class Labels(NamedTuple):
    """The labels of the gold, and the map that leads to them from the extractor's."""

    known: Ontology
    map: LabelMap | None

    @property
    def are_own(self) -> bool:
        """Whether the gold has labels of its own, of which no extractor can claim any."""
        return is_own(self.known)

    @property
    def sources(self) -> tuple[str, ...]:
        """Labels that the map renames or drops."""
        return () if self.map is None else tuple(rule.source for rule in self.map.rules)


def place(extractor: Extractor, document: Document) -> str:
    """Name an extractor and a document, as messages about them begin."""
    return f"extractor {extractor.name!r}, document {document.doc_id!r}"


def fit(
    extractor: Extractor, document: Document, found: Sequence[Document], spoken: Labels
) -> Document:
    """Check what an extractor gave for one document against the contract.

    Raises:
        ExtractorError: It is not one valid document that fits the text, or has what the extractor
            does not claim.
    """
    where = place(extractor, document)
    if len(found) != 1:
        raise ExtractorError(
            f"{where}: extract() must give one Document for each it was given "
            f"(got {len(found)} items for 1)"
        )
    try:
        given = predictions.checked_document(found[0])
    except InputError as error:
        raise ExtractorError(f"{where}: extract() gave no valid Document: {error}") from error
    checked(extractor.name, [given], [document], spoken)
    # Where a map leads away from the extractor's labels, what it claims is not what is stored.
    judged = extractor.claims.declared and not spoken.are_own and spoken.map is None
    if judged and (unclaimed := list(_unclaimed(given, extractor.claims))):
        raise ExtractorError(
            f"{where}: extract() gave what its claims do not name: {', '.join(unclaimed)}; "
            "claim it, or leave it out"
        )
    return given


def checked(
    name: str, found: Sequence[Document], gold: Sequence[Document], spoken: Labels
) -> Predictions:
    """Check predictions strictly, labels renamed.

    Raises:
        ExtractorError: They do not fit the texts or the labels.
    """
    try:
        return predictions.check(found, gold, labels=spoken.map, labels_of=spoken.known)
    except PredictionError as error:
        problems = "\n".join(str(finding) for finding in error.findings)
        raise ExtractorError(
            f"extractor {name!r} gave what does not fit the text or the ontology:\n{problems}"
        ) from error


def never_given(claims: Claims, found: Sequence[Document]) -> list[str]:
    """Name the layers that a system says it finds, and that no document has, not even empty."""
    if not claims.declared or not found:
        return []
    claimed = {
        "mentions": bool(claims.entities),
        "entities": claims.chains or claims.links,
        "timexes": claims.timexes,
        "events": bool(claims.events),
        "chains": claims.event_chains,
    }
    given = {layer for layer in claimed for each in found if getattr(each, layer) is not None}
    return [layer for layer, is_claimed in claimed.items() if is_claimed and layer not in given]


def _unclaimed(document: Document, claims: Claims) -> Iterator[str]:
    """Name the labels of a document that its maker said it never gives."""
    events = document.events or ()
    roles = {argument.role for event in events for argument in event.arguments}
    for kind, used, claimed in (
        ("entity label", {each.type for each in document.mentions or ()}, claims.entities),
        ("event type", {each.type for each in events}, claims.events),
        ("role", roles, claims.roles),
    ):
        for label in sorted(used - {*claimed}):
            yield f"{kind} {label!r}"
    if document.timexes and not claims.timexes:
        yield "time expressions"
