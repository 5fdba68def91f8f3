"""What is marked in the text of an article: items, each with what is said of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from vinee.bench.report.judging import ERRORS, Class, Item, Judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Kind: TypeAlias = Literal["mention", "timex", "trigger", "filler"]
Side: TypeAlias = Literal["gold", "predicted"]
_SHORT = 20  # code points
_LETTER = {"mention": "", "trigger": "e"}  # of the numbers of their chains


@dataclass(frozen=True, slots=True)
class Face:
    """What one side says of a mark.

    Attributes:
        label: Its label, as it is shown.
        chain: Number of its chain on this side, ``e`` before those of events; None if it stands
            alone.
        next: Id of the next mark of the chain; of the last, the first.
        times: How many items of this side are here.
    """

    label: str
    chain: str | None = None
    next: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span, half-open in code points; ``filler`` marks an argument's bare span.

    Attributes:
        id: Its id in the page.
        start: First code point.
        end: One past the last.
        kind: What it is.
        outcome: What became of it.
        gold: What gold says; None if gold has nothing here.
        predicted: What the system says.
        next: Of an error, the id of the next one; None for the last.
    """

    id: str
    start: int
    end: int
    kind: Kind
    outcome: Class
    gold: Face | None
    predicted: Face | None
    next: str | None = None

    @property
    def sides(self) -> str:
        """Whose it is, in words."""
        return " and ".join(
            name for name, face in (("gold", self.gold), ("predicted", self.predicted)) if face
        )

    @property
    def is_short(self) -> bool:
        """Whether it can stand on one line with its label."""
        return self.end - self.start <= _SHORT


@dataclass(frozen=True, slots=True)
class _Raw:
    """A mark before it has an id."""

    start: int
    end: int
    kind: Kind
    outcome: Class
    gold: Item | None
    predicted: Item | None

    @property
    def order(self) -> tuple[object, ...]:
        labels = tuple(
            (i is None, "" if i is None else i.shown) for i in (self.gold, self.predicted)
        )
        return (self.start, -self.end, self.kind, labels, self.outcome)


def marks_of(judged: Sequence[Judged], prefix: str) -> tuple[Mark, ...]:
    """Make the marks of an article, in order of the text.

    Gold and predicted items that have one span are one mark; where spans only overlap each has
    its own. What fills a role and is no item itself is a mark without a label.

    Args:
        judged: What became of each item.
        prefix: What ids begin with.
    """
    raw = [mark for each in judged for mark in _raw(each)]
    raw = sorted([*raw, *_fillers(judged, raw)], key=lambda each: each.order)
    ids = [f"{prefix}m{number}" for number in range(1, len(raw) + 1)]
    wrong = [id_ for id_, each in zip(ids, raw, strict=True) if each.outcome in ERRORS]
    following = dict(pairwise(wrong))
    chains = {side: _chains(ids, raw, side) for side in ("gold", "predicted")}
    return tuple(
        Mark(
            id_,
            each.start,
            each.end,
            each.kind,
            each.outcome,
            _face(id_, each.gold, chains["gold"]),
            _face(id_, each.predicted, chains["predicted"]),
            following.get(id_),
        )
        for id_, each in zip(ids, raw, strict=True)
    )


def _raw(judged: Judged) -> Iterator[_Raw]:
    layer, outcome, gold, predicted = judged
    if layer == "argument":
        return
    if gold is not None and predicted is not None and gold[:2] == predicted[:2]:
        yield _Raw(gold.start, gold.end, layer, outcome, gold, predicted)
        return
    if gold is not None:
        yield _Raw(gold.start, gold.end, layer, outcome, gold, None)
    if predicted is not None:
        yield _Raw(predicted.start, predicted.end, layer, outcome, None, predicted)


def _fillers(judged: Iterable[Judged], raw: Iterable[_Raw]) -> Iterator[_Raw]:
    marked = {(each.start, each.end) for each in raw}
    for each in judged:
        if each.layer == "argument":
            for item in (each.gold, each.predicted):
                if item is not None and item[:2] not in marked:
                    marked.add(item[:2])
                    yield _Raw(item.start, item.end, "filler", "unscored", None, None)


def _chains(ids: Sequence[str], raw: Sequence[_Raw], side: Side) -> Mapping[str, tuple[str, str]]:
    """Number the chains of a side by their first marks: of each mark, its chain and the next."""
    members: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for id_, each in zip(ids, raw, strict=True):
        item = each.gold if side == "gold" else each.predicted
        if item is not None and item.chain is not None:
            members[each.kind, item.chain].append(id_)
    found: dict[str, tuple[str, str]] = {}
    numbers: defaultdict[str, int] = defaultdict(int)
    for (kind, _), together in members.items():
        if len(together) > 1:
            numbers[kind] += 1
            name = f"{_LETTER[kind]}{numbers[kind]}"
            following = [*together[1:], together[0]]
            found |= {one: (name, other) for one, other in zip(together, following, strict=True)}
    return found


def _face(id_: str, item: Item | None, chains: Mapping[str, tuple[str, str]]) -> Face | None:
    if item is None:
        return None
    chain, following = chains.get(id_, (None, None))
    return Face(item.shown, chain, following, item.times)
