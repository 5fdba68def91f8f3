"""Chains of documents: from mentions of entities or events to a chain metric's counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from vinee.errors import UnknownNameError
from vinee.metrics.base import pair
from vinee.metrics.coref.overlap import overlap
from vinee.metrics.coref.ratios import Ratios

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from vinee.metrics.base import Layer
    from vinee.metrics.coref.measure import Measure
    from vinee.metrics.coref.overlap import Overlap
    from vinee.model import Document

ChainKind: TypeAlias = Literal["entities", "events"]
Scope: TypeAlias = Literal["document", "corpus"]
Mentions: TypeAlias = Literal["all", "shared"]
CORPUS = "corpus"


@dataclass(frozen=True, repr=False)
class CorefMetric:
    """A measure of chains, over the chains of documents.

    A mention of an entity is the same on both sides when its bare span and type are; an event
    mention when its trigger's span and its type are. A mention without a chain is left out on its
    side, and a chain of one mention is a chain.

    Attributes:
        measure: What is counted.
        chains: ``entities`` scores `Mention.entity`, ``events`` scores `Event.chain`.
        scope: ``document`` compares the chains of each document by themselves. ``corpus``
            compares the chains of all documents at once, those of one ``corpus_id`` joined; one
            without stands for itself.
        mentions: ``all`` is end-to-end: a missed or an invented mention costs. ``shared`` keeps
            only the mentions that are in a chain on both sides, and so sees the chains alone, as
            agreement on them needs.

    Raises:
        UnknownNameError: There is no such value of `chains`, `scope` or `mentions`.
    """

    measure: Measure
    chains: ChainKind = "entities"
    scope: Scope = "document"
    mentions: Mentions = "all"

    def __post_init__(self) -> None:
        """Refuse values that do not exist."""
        for field, kinds in (("chains", ChainKind), ("scope", Scope), ("mentions", Mentions)):
            value = getattr(self, field)
            if value not in get_args(kinds):
                raise UnknownNameError(f"value of {field} in coref", value, get_args(kinds))

    def __repr__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Identity, such as ``coref.LEA`` or ``coref.LEA(chains=events,scope=corpus)``."""
        chosen = (("chains", self.chains), ("scope", self.scope), ("mentions", self.mentions))
        defaults = {"entities", "document", "all"}
        spelled = ",".join(f"{field}={value}" for field, value in chosen if value not in defaults)
        return f"coref.{self.measure.name}" + (f"({spelled})" if spelled else "")

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
            "chains": self.chains,
            "scope": self.scope,
            "mentions": self.mentions,
            "singletons": "included",
        }

    def ratios(self, gold: Sequence[Document], predicted: Sequence[Document]) -> Ratios:
        """Count per document, or in one row named ``corpus`` if that is the scope.

        Documents are paired as `vinee.metrics.base.pair` says, in any order; a predicted mention
        may name an entity that the prediction does not list.

        Raises:
            InvalidError: The documents cannot be paired, or a mention is in two chains of one
                side.
        """
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
