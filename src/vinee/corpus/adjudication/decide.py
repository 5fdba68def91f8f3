"""From two documents and the decisions on their disagreements to one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from vinee.corpus.adjudication.changes import changed
from vinee.corpus.adjudication.compose import compose
from vinee.corpus.adjudication.disagreements import differences
from vinee.corpus.adjudication.facts import Fill, Item, Key, facts_of_both
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.corpus.adjudication.changes import Change
    from vinee.corpus.adjudication.disagreements import Disagreement
    from vinee.corpus.adjudication.naming import Naming
    from vinee.model import Document

# What each of two annotators states.
Sides = tuple[Mapping[Key, Item], Mapping[Key, Item]]
Take = Literal["first", "second", "other"]
TAKES: tuple[Take, ...] = get_args(Take)


@dataclass(frozen=True)
class Decision:
    """Whose statement holds, or that neither does, and why.

    After ``other`` nothing is there of what either stated; a change says what there is instead.
    """

    take: Take
    why: str


def adjudicate(
    first: Document,
    second: Document,
    naming: tuple[Naming, Naming],
    decisions: Mapping[str, Decision],
    sweep: Sequence[Change] = (),
) -> Document:
    """Make one document of two.

    What both state is taken; of every disagreement the side that the decision names. Then the
    changes are made that were found necessary afterwards.

    Raises:
        InvalidError: A disagreement is undecided, a decision is on none, neither statement was
            taken and no change says what holds, a change fits nothing, or an argument's filler
            was decided away.
    """
    sides = facts_of_both(first, second, naming)
    found = differences(*sides, first)
    where = Where(doc_id=first.doc_id)
    ids = [each.id for each in found]
    if open_ := [each for each in ids if each not in decisions]:
        problem = f"{len(open_)} disagreements are undecided, the first is {open_[0]!r}; decide"
        raise InvalidError("adjudication", where, problem)
    if idle := sorted(decisions.keys() - set(ids)):
        problem = f"{idle[0]!r} is decided, but no disagreement; remove it ({len(idle)} such)"
        raise InvalidError("adjudication", where, problem)
    items = changed(decided(sides, found, decisions), sweep, first)
    told = {change.id for change in sweep}
    for each in found:
        if without_value(each, decisions) and each.key in items and each.id not in told:
            problem = f"{each.id!r} is neither's, but no change says what holds; add one"
            raise InvalidError("adjudication", where, problem)
    return compose(first, items)


def without_value(found: Disagreement, decisions: Mapping[str, Decision]) -> bool:
    """Tell whether neither annotator's value of an attribute was taken."""
    decision = decisions.get(found.id)
    attribute = found.fill is None and found.what != "exists"
    return attribute and decision is not None and decision.take == "other"


def agreed(sides: Sides) -> tuple[dict[Key, Item], dict[Key, Item]]:
    """Return what both state, and each item that either states, with the first one's attributes.

    In the former an attribute is missing where the two differ; in both, fills are those that
    both state.
    """
    ours, theirs = sides
    both: dict[Key, Item] = {}
    either: dict[Key, Item] = {}
    for key in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(key), theirs.get(key)
        if one is None or other is None:
            either[key] = one or other or Item({})
            continue
        fills = one.fills & other.fills
        same = {w: v for w, v in one.attributes.items() if v == other.attributes[w]}
        both[key] = Item(same, fills)
        either[key] = Item(dict(one.attributes), fills)
    return both, either


def decided(
    sides: Sides, found: Sequence[Disagreement], decisions: Mapping[str, Decision]
) -> dict[Key, Item]:
    """Return the facts that decisions give; of what is open or neither's, nothing is there."""
    taken: dict[str, Mapping[Key, Item]] = dict(zip(("first", "second"), sides, strict=True))
    _, items = agreed(sides)
    for each in found:
        decision = decisions.get(each.id)
        side = taken.get("" if decision is None else decision.take, {})
        if each.what == "exists":
            if each.key not in side:
                del items[each.key]
        elif each.fill is None:
            item = side.get(each.key)
            value = None if item is None else item.attributes[each.what]
            items[each.key].attributes[each.what] = value
        elif each.key in side and each.fill in side[each.key].fills:
            items[each.key] = _with_fill(items[each.key], each.fill)
    return items


def _with_fill(item: Item, fill: Fill) -> Item:
    return Item(item.attributes, item.fills | {fill})
