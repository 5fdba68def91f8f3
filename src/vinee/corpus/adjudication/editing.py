"""What an adjudicator made of the text, beside the answers: the third solutions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.adjudication.article import NEEDED
from vinee.corpus.adjudication.changes import Change, change_of, changed
from vinee.corpus.adjudication.compose import compose, holdable
from vinee.corpus.adjudication.decide import decided, without_value
from vinee.corpus.adjudication.disagreements import Disagreement, differences
from vinee.corpus.adjudication.facts import Item, Key
from vinee.corpus.adjudication.reasons import Reasons
from vinee.corpus.adjudication.standing import standing, with_standing
from vinee.errors import InvalidError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vinee.corpus.adjudication.article import Article
    from vinee.corpus.adjudication.decide import Decision
    from vinee.corpus.adjudication.reasons import Edited
    from vinee.model import Document

_LOST = "its filler is not taken"


@dataclass(frozen=True)
class Settled:
    """What becomes of an article.

    Attributes:
        sweep: The changes, with their reasons.
        open: What stands in the way, for people to read.
        document: The decided document, if nothing does.
    """

    sweep: tuple[Change, ...]
    open: tuple[str, ...]
    document: Document | None


def preset(
    article: Article, sweep: Iterable[Change], decisions: Mapping[str, Decision]
) -> tuple[dict[Key, Item], list[Change]]:
    """Return what is set with the changes that stand already, and those that cannot be set.

    A change on an item that only one states sets the item too, if it was decided to be there.
    """
    items = dict(article.ground)
    there = decided(article.sides, article.found, decisions)
    waiting = list(sweep)
    while True:
        unset = []
        for change in waiting:
            tried = _tried(article, change, there, items)
            if tried is None:
                unset.append(change)
            else:
                items = tried
        # A mention can go only after the argument that it fills, which may come later.
        if len(unset) == len(waiting):
            return items, unset
        waiting = unset


def _tried(
    article: Article, change: Change, there: Mapping[Key, Item], items: Mapping[Key, Item]
) -> dict[Key, Item] | None:
    try:
        tried = changed({**there, **items}, [change], article.first)
    except InvalidError:
        return None
    touched = {key for key in tried if key not in there or tried[key] != there[key]}
    tried = {key: item for key, item in tried.items() if key in items or key in touched}
    return tried if holdable(article.first, tried) == tried else None


def settle(
    article: Article,
    decisions: Mapping[str, Decision],
    edited: Edited | None,
    known: Sequence[Change] = (),
) -> Settled:
    """Put decisions and changes together.

    Args:
        article: What the two state.
        decisions: By the id of the disagreement; open ones are left out.
        edited: The text as it was left; None: nobody has handed it in.
        known: Changes that stand in the log.
    """
    found = article.found
    open_ = [
        f"{number}. undecided: {each.id}"
        for number, each in enumerate(found, start=1)
        if each.id not in decisions
    ]
    before = decided(article.sides, found, decisions)
    sweep: tuple[Change, ...]
    if edited is None:
        sweep = tuple(known)
    else:
        try:
            shown, unset = preset(article, known, decisions)
            rows = standing(shown) if edited.standing is None else edited.standing
            left = with_standing(rows, edited.items)
            after = _overlaid(changed(before, unset, article.first), article.ground, left)
        except InvalidError as error:
            return Settled(tuple(known), (*open_, error.problem), None)
        open_ += _contradicted(found, decisions, before, after)
        open_ += _unset(found, decisions, before, after, edited)
        after, lost = _without_lost(article, after)
        reasons = Reasons(article, decisions, edited, known)
        sweep = tuple(
            change_of(each, after, reasons.of(each) or (_LOST if each.id in lost else ""))
            for each in (
                *differences(before, after, article.first),
                *_nothing(article, decisions, after),
            )
        )
        open_ += [f"no reason for the change: {each.id}" for each in sweep if not each.why]
    if open_:
        return Settled(sweep, tuple(open_), None)
    try:
        final = changed(before, sweep, article.first)
        open_ = [
            f"{each.id}: neither's, but nothing says what holds"
            for each in found
            if edited is None
            and without_value(each, decisions)
            and each.key in final
            and each.id not in {change.id for change in sweep}
        ]
        document = None if open_ else compose(article.first, final)
    except InvalidError as error:
        return Settled(sweep, (error.problem,), None)
    return Settled(sweep, tuple(open_), document)


def _overlaid(
    decided: Mapping[Key, Item], ground: Mapping[Key, Item], left: Mapping[Key, Item]
) -> dict[Key, Item]:
    """Return the decided facts, with all that differs between what was set and what was left."""
    after = {key: item for key, item in decided.items() if key in left or key not in ground}
    for key, item in left.items():
        was = ground.get(key)
        if was is None or key not in after:
            after[key] = item
            continue
        attributes = {
            what: value if value != was.attributes[what] else after[key].attributes[what]
            for what, value in item.attributes.items()
        }
        fills = (after[key].fills - (was.fills - item.fills)) | (item.fills - was.fills)
        after[key] = Item(attributes, fills)
    return after


def _contradicted(
    found: Iterable[Disagreement],
    decisions: Mapping[str, Decision],
    before: Mapping[Key, Item],
    after: Mapping[Key, Item],
) -> Iterator[str]:
    for each in found:
        decision = decisions.get(each.id)
        if decision is None or decision.take == "other":
            continue
        if _state(each, before) != _state(each, after) and (
            each.what == "exists" or each.key in after
        ):
            yield f"answer and text contradict each other: {each.id}"


def _state(found: Disagreement, items: Mapping[Key, Item]) -> object:
    item = items.get(found.key)
    if found.what == "exists" or item is None:
        return item is not None
    return item.attributes[found.what] if found.fill is None else found.fill in item.fills


def _unset(
    found: Iterable[Disagreement],
    decisions: Mapping[str, Decision],
    before: Mapping[Key, Item],
    after: Mapping[Key, Item],
    edited: Edited,
) -> Iterator[str]:
    for each in found:
        if not without_value(each, decisions) or each.key not in after:
            continue
        value = after[each.key].attributes[each.what]
        needed = (each.key.layer, each.what) in NEEDED
        if value is None and (needed or each.id not in edited.valueless):
            yield f"neither's, but nothing of its own is set: {each.id}"
        if value is not None and each.id in edited.valueless and each.key in before:
            yield f"said to have no value, but the region has one: {each.id}"


def _without_lost(
    article: Article, after: Mapping[Key, Item]
) -> tuple[dict[Key, Item], frozenset[str]]:
    """Take away arguments that both state, if a decision took their filler away."""
    held = holdable(article.first, after)
    asked = {(each.key, each.fill) for each in article.found if each.fill is not None}
    kept = {
        key: Item(
            item.attributes,
            item.fills - {f for f in item.fills - held[key].fills if _agreed(article, key, f)},
        )
        for key, item in after.items()
    }
    lost = differences(after, kept, article.first)
    return kept, frozenset(each.id for each in lost if (each.key, each.fill) not in asked)


def _agreed(article: Article, key: Key, fill: object) -> bool:
    return all(key in side and fill in side[key].fills for side in article.sides)


def _nothing(
    article: Article, decisions: Mapping[str, Decision], after: Mapping[Key, Item]
) -> Iterator[Disagreement]:
    """Give the attributes of which neither's value was taken, and that have none."""
    for each in article.found:
        item = after.get(each.key)
        if item is None or not without_value(each, decisions):
            continue
        if item.attributes[each.what] is None:
            yield Disagreement(each.id, each.key, each.what, None, None, None)
