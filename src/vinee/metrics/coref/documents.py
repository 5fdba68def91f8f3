"""Chains of documents: from mentions of entities or events to a chain metric's counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from vinee.metrics.base import pair
from vinee.metrics.coref.overlap import overlap
from vinee.metrics.coref.ratios import Ratios
from vinee.metrics.naming import Family, Parameter
from vinee.metrics.units import documents_only

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from vinee.metrics.base import Layer
    from vinee.metrics.coref.measure import Measure
    from vinee.metrics.coref.overlap import Overlap
    from vinee.metrics.units import Unit
    from vinee.model import Document

ChainKind: TypeAlias = Literal["entities", "events"]
Scope: TypeAlias = Literal["document", "corpus"]
Mentions: TypeAlias = Literal["all", "shared"]
Singletons: TypeAlias = Literal["included", "excluded"]
CORPUS = "corpus"

PARAMETERS = {
    "chains": Parameter("entities", "chains of entities, or of events", get_args(ChainKind)),
    "scope": Parameter("document", "each document by itself, or all as one", get_args(Scope)),
    "mentions": Parameter("all", "all mentions, or those that both sides have", get_args(Mentions)),
    "singletons": Parameter("included", "whether chains of one count", get_args(Singletons)),
}


@dataclass(frozen=True, repr=False)
class CorefMetric:
    """A measure of chains, over the chains of documents.

    A mention of an entity is the same on both sides when its bare span and type are; an event
    mention when its trigger's span and its type are. A mention without a chain is left out on its
    side.

    Attributes:
        measure: What is counted.
        chains: ``entities`` scores `Mention.entity`, ``events`` scores `Event.chain`.
        scope: ``document`` compares the chains of each document by themselves. ``corpus``
            compares the chains of all documents at once, those of one ``corpus_id`` joined; one
            without stands for itself.
        mentions: ``all`` is end-to-end: a missed or an invented mention costs. ``shared`` keeps
            only the mentions that are in a chain on both sides, and so sees the chains alone, as
            agreement on them needs.
        singletons: Whether a chain of one mention is a chain. If ``excluded`` it is left out on
            its side, after `mentions` were chosen, as the CoNLL-2012 data has none.

    Raises:
        UnknownNameError: There is no such value of an attribute.
    """

    measure: Measure
    chains: ChainKind = "entities"
    scope: Scope = "document"
    mentions: Mentions = "all"
    singletons: Singletons = "included"

    def __post_init__(self) -> None:
        """Refuse values that do not exist."""
        self.family.complete(self._chosen)

    def __repr__(self) -> str:
        return self.name

    @property
    def family(self) -> Family:
        """The measure with its parameters open."""
        return Family(f"coref.{self.measure.name}", PARAMETERS)

    @property
    def name(self) -> str:
        """Identity, such as ``coref.LEA`` or ``coref.LEA(chains=events,scope=corpus)``."""
        return self.family.spell(self._chosen)

    @property
    def _chosen(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in PARAMETERS}

    @property
    def layer(self) -> Layer:
        """The layer that gold must have for a document to be scored."""
        return "entities" if self.chains == "entities" else "chains"

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            "unit": "char",
            "match": "strict",
            **self._chosen,
            "repeated": "refused",
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Ratios:
        """Count per document, or in one row named ``corpus`` if that is the scope.

        Documents are paired as `vinee.metrics.base.pair` says, in any order; a predicted mention
        may name an entity that the prediction does not list.

        Raises:
            InvalidError: The documents cannot be paired, a mention is in two chains of one side,
                or the unit is smaller than a document.
        """
        documents_only(self, unit)
        pairs = pair(gold, predicted, self.layer)
        if self.scope == "document":
            compared = {
                each.gold.doc_id: self._overlap([each.gold], [each.predicted]) for each in pairs
            }
        elif pairs:
            golds, predictions = zip(*pairs, strict=True)
            compared = {CORPUS: self._overlap(golds, predictions)}
        else:
            compared = {}
        exact = tuple(self.measure.tally(sides) for sides in compared.values())
        return Ratios(self.name, self.measure, tuple(compared), exact)

    def _overlap(self, gold: Sequence[Document], predicted: Sequence[Document]) -> Overlap:
        wanted, given = self._chains(gold), self._chains(predicted)
        if self.mentions == "shared":
            shared = {*chain.from_iterable(wanted)} & {*chain.from_iterable(given)}
            wanted, given = ([each & shared for each in side] for side in (wanted, given))
        if self.singletons == "excluded":
            wanted, given = ([each for each in side if len(each) > 1] for side in (wanted, given))
        doc_id = gold[0].doc_id if self.scope == "document" else None
        return overlap(wanted, given, doc_id=doc_id)

    def _chains(self, documents: Iterable[Document]) -> list[frozenset[Hashable]]:
        found: defaultdict[Hashable, set[Hashable]] = defaultdict(set)
        for document in documents:
            joined = self._corpus_ids(document) if self.scope == "corpus" else {}
            for chain_id, mention in self._members(document):
                corpus_id = joined.get(chain_id)
                name = (document.doc_id, chain_id) if corpus_id is None else corpus_id
                found[name].add((document.doc_id, *mention))
        return [frozenset(each) for each in found.values()]

    def _members(self, document: Document) -> Iterator[tuple[str, tuple[int, int, str]]]:
        if self.chains == "entities":
            for mention in document.mentions or ():
                if mention.entity is not None:
                    yield mention.entity, (mention.start, mention.end, mention.type)
        else:
            for event in document.events or ():
                if event.chain is not None:
                    yield event.chain, (event.trigger.start, event.trigger.end, event.type)

    def _corpus_ids(self, document: Document) -> dict[str, str | None]:
        listed = document.entities if self.chains == "entities" else document.chains
        return {each.id: each.corpus_id for each in listed or ()}
