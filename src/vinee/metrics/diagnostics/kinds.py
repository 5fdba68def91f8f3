"""The kinds of items that are diagnosed, each the items of a metric."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, TypeAlias, get_args

import msgspec
from msgspec import UNSET

from vinee.metrics.annotated import with_attributes
from vinee.metrics.arguments import fillers
from vinee.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.metrics.base import Layer, SpanView
    from vinee.model import Argument, Document, Mention

Frame: TypeAlias = tuple[()] | tuple[int, int, str]
EntityKey: TypeAlias = tuple[str, str]

LEVELS: tuple[str, ...] = get_args(Level)
TIMEX, SPAN = "TIMEX", "SPAN"
_UNTYPED = "_"


class Found(NamedTuple):
    """An item of one side of a document.

    Attributes:
        start: First code point.
        end: One past the last.
        label: Its type; of an argument, its role.
        frame: Of an argument, the trigger's start and end and the type of its event.
        level: Of a mention, its level; of an argument, that of the mention which fills the role,
            ``TIMEX`` or ``SPAN``.
        entity: Of a mention that belongs to an entity, what names the entity in the corpus.
    """

    start: int
    end: int
    label: str
    frame: Frame = ()
    level: str | None = None
    entity: EntityKey | None = None


class Kind(Protocol):
    """A kind of items."""

    @property
    def name(self) -> str:
        """What the items are, such as ``mentions``."""
        ...

    @property
    def layer(self) -> Layer:
        """The layer that gold must have for a document to be compared."""
        ...

    @property
    def metric(self) -> str:
        """The metric that counts the same items: one is correct here if it is there."""
        ...

    @property
    def settings(self) -> Mapping[str, str]:
        """What else decides which items there are."""
        ...

    def annotated(self, gold: Iterable[Document]) -> list[Document]:
        """Return gold documents, without the layer where the metric would leave one out."""
        ...

    def items(self, document: Document) -> list[Found]:
        """Return a document's items in ascending order; equal span, label and frame are one.

        Raises:
            InvalidError: The document contradicts itself.
        """
        ...

    def spans(self, document: Document) -> Iterable[tuple[int, int]]:
        """Return the spans in which an item can be nested."""
        ...


@dataclass(frozen=True)
class _Kind:
    """What most kinds share."""

    def annotated(self, gold: Iterable[Document]) -> list[Document]:
        """Return gold documents as they are."""
        return list(gold)

    @property
    def settings(self) -> Mapping[str, str]:
        """Nothing."""
        return {}


@dataclass(frozen=True)
class Mentions(_Kind):
    """Mentions of a view: the items of ``ner.strict``.

    Of several mentions that the view makes one item, the first counts, in the order of levels
    and then of entities.

    Attributes:
        view: Projects a document's mentions onto typed spans, each by itself.
    """

    view: SpanView
    name: ClassVar[str] = "mentions"
    layer: ClassVar[Layer] = "mentions"
    metric: ClassVar[str] = "ner.strict"

    @property
    def settings(self) -> Mapping[str, str]:
        """What the view does."""
        return self.view.identity

    def items(self, document: Document) -> list[Found]:
        """Return the spans of the view."""
        behind: defaultdict[tuple[int, int, str], list[Mention]] = defaultdict(list)
        for mention in document.mentions or ():
            alone = msgspec.structs.replace(document, mentions=(mention,))
            for span in self.view(alone):
                behind[span].append(mention)
        names = _entity_keys(document)
        found = []
        for span in sorted(set(self.view(document))):
            mention = min(behind[span], key=_rank)
            entity = None if mention.entity is None else names.get(mention.entity)
            found.append(Found(*span, level=mention.level, entity=entity))
        return found

    def spans(self, document: Document) -> Iterable[tuple[int, int]]:
        """Return the spans of all mentions of the view's levels, also if it wants the outermost."""
        return ((start, end) for start, end, _ in self.view.altered(nesting="all")(document))


@dataclass(frozen=True)
class Triggers(_Kind):
    """Triggers with the types of their events: the items of ``events.TC``."""

    name: ClassVar[str] = "triggers"
    layer: ClassVar[Layer] = "events"
    metric: ClassVar[str] = "events.TC"

    def items(self, document: Document) -> list[Found]:
        """Return the triggers."""
        return [Found(*trigger) for trigger in sorted(triggers(document))]

    def spans(self, document: Document) -> Iterable[tuple[int, int]]:
        """Return the spans of the triggers."""
        return ((start, end) for start, end, _ in triggers(document))


@dataclass(frozen=True)
class Arguments(_Kind):
    """Arguments with their roles, each within its event: the items of ``events.AC+``.

    Arguments are compared only if trigger and type of their events are equal; implicit ones are
    left out. Of two arguments that are one item, the first counts, in the order of levels.
    """

    name: ClassVar[str] = "arguments"
    layer: ClassVar[Layer] = "events"
    metric: ClassVar[str] = "events.AC+"

    def items(self, document: Document) -> list[Found]:
        """Return the explicit arguments."""
        levels: dict[str, str] = {each.id: TIMEX for each in document.timexes or () if each.id}
        levels |= {each.id: each.level for each in document.mentions or () if each.id}
        found: dict[Found, str] = {}
        for event, filled in zip(document.events or (), fillers(document), strict=True):
            frame = event.trigger.start, event.trigger.end, event.type
            for argument, filler in zip(event.arguments, filled, strict=True):
                if not filler.implicit:
                    item = Found(filler.start, filler.end, filler.role, frame)
                    level = _level(argument, levels)
                    found[item] = min(found.get(item, level), level, key=_FILLERS.index)
        return [item._replace(level=level) for item, level in sorted(found.items())]

    def spans(self, document: Document) -> Iterable[tuple[int, int]]:
        """Return the spans of the explicit arguments."""
        return ((item.start, item.end) for item in self.items(document))


@dataclass(frozen=True)
class Times(_Kind):
    """Time expressions with their types: the items of ``timex.type``."""

    name: ClassVar[str] = "times"
    layer: ClassVar[Layer] = "timexes"
    metric: ClassVar[str] = "timex.type"

    def annotated(self, gold: Iterable[Document]) -> list[Document]:
        """Leave out the times of a gold document none of whose times has a type."""
        return [with_attributes(each, "timexes", ("type",)) for each in gold]

    def items(self, document: Document) -> list[Found]:
        """Return the times; one without a type has the label ``_``."""
        times = {(each.start, each.end, each.type or _UNTYPED) for each in document.timexes or ()}
        return [Found(*time) for time in sorted(times)]

    def spans(self, document: Document) -> Iterable[tuple[int, int]]:
        """Return the spans of the times."""
        return ((each.start, each.end) for each in document.timexes or ())


def triggers(document: Document) -> set[tuple[int, int, str]]:
    """Return the triggers of a document's events with their types."""
    return {(each.trigger.start, each.trigger.end, each.type) for each in document.events or ()}


def entity_sizes(gold: Sequence[Document]) -> dict[EntityKey, int]:
    """Count the mentions, of all levels, of each entity in all of these documents."""
    sizes: defaultdict[EntityKey, int] = defaultdict(int)
    for document in gold:
        names = _entity_keys(document)
        for mention in document.mentions or ():
            if mention.entity in names:
                sizes[names[mention.entity]] += 1
    return dict(sizes)


_FILLERS = (*LEVELS, TIMEX, SPAN)


def _level(argument: Argument, levels: Mapping[str, str]) -> str:
    return SPAN if argument.ref is UNSET else levels[argument.ref]


def _rank(mention: Mention) -> tuple[int, str]:
    return LEVELS.index(mention.level), mention.entity or ""


def _entity_keys(document: Document) -> dict[str, EntityKey]:
    return {
        each.id: ("", each.corpus_id) if each.corpus_id else (document.doc_id, each.id)
        for each in document.entities or ()
    }
