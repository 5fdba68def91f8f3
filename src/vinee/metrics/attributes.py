"""Attributes of items that both sides have: who was confused with what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from vinee.errors import UnknownNameError
from vinee.metrics.annotated import with_attributes
from vinee.metrics.base import pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from vinee.metrics.base import Layer
    from vinee.model import Document, Event, Mention, Timex

    Key: TypeAlias = tuple[int, int, str]
    Value: TypeAlias = str | None
    Confused: TypeAlias = tuple[Value, Value]


class _Attribute(NamedTuple):
    """Where an attribute is, and on which items it is compared."""

    layer: Layer
    key: Callable[[Any], Key]
    value: Callable[[Any], Value]
    needed: tuple[str, ...] = ()


class Matched(NamedTuple):
    """An item that both sides have, and its value on each.

    Attributes:
        key: Its span, half-open, in code points, and its type; empty for a time.
        gold: Value in gold; None is unset.
        predicted: Value in the prediction.
    """

    key: Key
    gold: Value
    predicted: Value


def _mention(mention: Mention) -> Key:
    return mention.start, mention.end, mention.type


def _timex(timex: Timex) -> Key:
    return timex.start, timex.end, ""


def _event(event: Event) -> Key:
    return event.trigger.start, event.trigger.end, event.type


def _extent(mention: Mention) -> Value:
    if mention.extent is None:
        return None
    left, right = mention.start - mention.extent.start, mention.extent.end - mention.end
    return f"{left},{right}" if left or right else None


_ATTRIBUTES: Mapping[str, _Attribute] = {
    "mentions.level": _Attribute("mentions", _mention, lambda each: each.level),
    "mentions.gpe_role": _Attribute("mentions", _mention, lambda each: each.gpe_role),
    "mentions.extent": _Attribute("mentions", _mention, _extent),
    "timexes.type": _Attribute("timexes", _timex, lambda each: each.type, ("type",)),
    "timexes.value": _Attribute("timexes", _timex, lambda each: each.value, ("value",)),
    "timexes.mod": _Attribute("timexes", _timex, lambda each: each.mod, ("value",)),
    "events.polarity": _Attribute("events", _event, lambda each: each.polarity, ("polarity",)),
    "events.realis": _Attribute("events", _event, lambda each: each.realis, ("realis",)),
    "events.modality": _Attribute("events", _event, lambda each: each.modality, ("realis",)),
}


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a gold value met a predicted value, per document.

    Attributes:
        attribute: One of `names`.
        documents: The scored documents' ids, ascending.
        tables: For each document, (gold value, predicted value) and how many items have them.
            None is a value of its own: the item has the attribute unset.
    """

    attribute: str
    documents: tuple[str, ...]
    tables: tuple[Mapping[Confused, int], ...]

    def total(self) -> Counter[Confused]:
        """Return the sum over documents."""
        total: Counter[Confused] = Counter()
        for table in self.tables:
            total.update(table)
        return total


def names() -> tuple[str, ...]:
    """Return the name of every attribute, such as ``events.realis``."""
    return tuple(_ATTRIBUTES)


def confusion(attribute: str, gold: Sequence[Document], predicted: Sequence[Document]) -> Confusion:
    """Compare an attribute on the items that both sides have.

    Mentions are the same when bare span and type are, times when their span is, events when the
    trigger's span and the type are; other items are not looked at. Items that are the same and
    have the same value collapse. Of items that are the same and have several values on a side,
    equal values are paired first, then the others in ascending order as long as there are two.

    The value of ``mentions.extent`` is ``left,right``: how many code points it adds on each side
    of the bare span; one that adds nothing is no extent.

    A gold document in which no item has a value, timex type, polarity or realis was not annotated
    for that attribute and is left out. ``mod`` goes with the value and ``modality`` with realis,
    since unset they mean that there is none; so do ``gpe_role`` and ``extent``.

    Args:
        attribute: One of `names`.
        gold: Gold documents.
        predicted: Predicted documents, paired with gold as `vinee.metrics.base.pair` says.

    Raises:
        UnknownNameError: There is no such attribute.
        InvalidError: The documents cannot be paired.
    """
    tables = {
        document.doc_id: Counter((each.gold, each.predicted) for each in found)
        for document, found in matched(attribute, gold, predicted)
    }
    return Confusion(attribute, tuple(tables), tuple(tables.values()))


def matched(
    attribute: str, gold: Sequence[Document], predicted: Sequence[Document]
) -> list[tuple[Document, tuple[Matched, ...]]]:
    """Return each scored gold document with the items that both sides have, as `confusion` does.

    Raises:
        UnknownNameError: There is no such attribute.
        InvalidError: The documents cannot be paired.
    """
    chosen = _named(attribute)
    annotated = [with_attributes(each, chosen.layer, chosen.needed) for each in gold]
    return [
        (reference, tuple(paired(_values(chosen, reference), _values(chosen, prediction))))
        for reference, prediction in pair(annotated, predicted, chosen.layer)
    ]


def values(attribute: str, document: Document) -> dict[Key, frozenset[Value]] | None:
    """Return the values of each item, as `confusion` sees them; mostly there is one.

    Returns:
        By what items are compared by; None where the document was not annotated for it.

    Raises:
        UnknownNameError: There is no such attribute.
    """
    chosen = _named(attribute)
    annotated = with_attributes(document, chosen.layer, chosen.needed)
    if getattr(annotated, chosen.layer) is None:
        return None
    return {key: frozenset(found) for key, found in _values(chosen, annotated).items()}


def paired(
    wanted: Mapping[Key, AbstractSet[Value]], given: Mapping[Key, AbstractSet[Value]]
) -> Iterator[Matched]:
    """Pair the values of the items that are on both sides, as `confusion` does."""
    for key, mine in wanted.items():
        if key in given:
            equal = mine & given[key]
            yield from (Matched(key, value, value) for value in sorted(equal, key=str))
            others = (sorted(side[key] - equal, key=str) for side in (wanted, given))
            yield from (Matched(key, *each) for each in zip(*others, strict=False))


def accuracy(confused: Confusion) -> float | None:
    """Return the share of matched items whose values are equal; None if none matched."""
    total = confused.total()
    agreed = sum(number for (gold, predicted), number in total.items() if gold == predicted)
    return agreed / total.total() if total else None


def cohen_kappa(confused: Confusion) -> float | None:
    """Return Cohen's κ, the agreement on matched items beyond that expected by chance.

    ``κ = (p_o - p_e) / (1 - p_e)``, where p_o is `accuracy` and p_e the sum over values of the
    product of the shares that gold and predicted give to it. None where κ is not defined: no item
    matched, or both sides gave one and the same value to all, so that chance explains everything.

    Source: Cohen 1960, "A Coefficient of Agreement for Nominal Scales".
    """
    total = confused.total()
    number = total.total()
    by_gold: Counter[Value] = Counter()
    by_predicted: Counter[Value] = Counter()
    for (gold, predicted), times in total.items():
        by_gold[gold] += times
        by_predicted[predicted] += times
    agreed = sum(times for (gold, predicted), times in total.items() if gold == predicted)
    # In whole numbers, so that one division gives the double nearest to the exact value.
    by_chance = sum(times * by_predicted[value] for value, times in by_gold.items())
    below = number**2 - by_chance
    return (number * agreed - by_chance) / below if below else None


def _named(attribute: str) -> _Attribute:
    if attribute not in _ATTRIBUTES:
        raise UnknownNameError("attribute", attribute, names())
    return _ATTRIBUTES[attribute]


def _values(chosen: _Attribute, document: Document) -> dict[Key, set[Value]]:
    found: dict[Key, set[Value]] = {}
    for item in getattr(document, chosen.layer):
        found.setdefault(chosen.key(item), set()).add(chosen.value(item))
    return found
