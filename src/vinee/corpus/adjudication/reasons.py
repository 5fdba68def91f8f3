"""The reasons for changes: where an adjudicator gave them, and which stand in the log already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.corpus.adjudication.changes import fact_of
from vinee.corpus.adjudication.facts import SAID
from vinee.errors import InvalidError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.corpus.adjudication.article import Article
    from vinee.corpus.adjudication.changes import Change
    from vinee.corpus.adjudication.decide import Decision
    from vinee.corpus.adjudication.disagreements import Disagreement
    from vinee.corpus.adjudication.facts import Item, Key
    from vinee.corpus.adjudication.standing import Standing

_BETWEEN = "; "


@dataclass(frozen=True)
class Edited:
    """The text as the adjudicator left it.

    Attributes:
        items: What stands there.
        whys: Reasons given at an item.
        why: The reason for all changes that have none of their own.
        valueless: Ids of the attributes of which it was said that they have no value.
        standing: What was said of entities and chains as the text was given; None: not known.
    """

    items: Mapping[Key, Item]
    whys: Mapping[Key, str] = field(default_factory=dict)
    why: str = ""
    valueless: frozenset[str] = frozenset()
    standing: Sequence[Standing] | None = None


class Reasons:
    """Finds the reason for a change."""

    def __init__(
        self,
        article: Article,
        decisions: Mapping[str, Decision],
        edited: Edited,
        known: Sequence[Change],
    ) -> None:
        self._decisions = decisions
        self._edited = edited
        self._others = [each for each in article.found if _taken(decisions.get(each.id)) == "other"]
        self._known = {(each.id, each.before, each.after): each.why for each in known}
        self._logged = frozenset().union(*(_pieces(each.why) for each in known))
        self._answered = frozenset().union(*(_pieces(each.why) for each in decisions.values()))

    def of(self, found: Disagreement) -> str:
        """Return the reason: the item's own, that of an answer on the same spot, or the text's.

        What came from the log and was left as it is keeps the reason that it has there, as long
        as nothing new is said: several changes may share the field that reasons were given in.
        """
        kept = self._known.get((found.id, found.first, found.second))
        if _taken(self._decisions.get(found.id)) == "other":
            said, heard = self._decisions[found.id].why, self._logged
        else:
            said, heard = self._said(found), self._logged | self._answered
        return kept if kept and _pieces(said) <= heard else said

    def _said(self, found: Disagreement) -> str:
        own = self._edited.whys.get(found.key, "").strip()
        if own:
            return own
        for each in self._others:
            if _same_spot(each, found):
                return self._decisions[each.id].why
        return self._edited.why.strip()


def preset_reasons(
    article: Article, known: Iterable[Change], items: Mapping[Key, Item]
) -> tuple[dict[Key, str], str]:
    """Return the reasons that stand in the log already: by item, and of what no item holds."""
    whys: dict[Key, list[str]] = {}
    rest: list[str] = []
    for change in known:
        key = change.fact.key if change.fact else _key(article, change)
        nowhere = key is None or key.layer in SAID or key not in items
        told = rest if key is None or nowhere else whys.setdefault(key, [])
        if change.why:
            told.append(change.why)
    return {key: joined(told) for key, told in whys.items()}, joined(rest)


def joined(reasons: Iterable[str]) -> str:
    """Write several reasons as one, each once."""
    return _BETWEEN.join(dict.fromkeys(reasons))


def _key(article: Article, change: Change) -> Key | None:
    try:
        either = {**article.sides[1], **article.sides[0]}
        return fact_of(change, either, article.first).key
    except InvalidError:
        return None


def _pieces(why: str) -> frozenset[str]:
    return frozenset(piece for piece in why.split(_BETWEEN) if piece)


def _taken(decision: Decision | None) -> str | None:
    return None if decision is None else decision.take


def _same_spot(answered: Disagreement, changed: Disagreement) -> bool:
    if answered.what != "exists":
        return answered.key == changed.key
    spans = [(changed.key.start, changed.key.end)]
    if changed.fill is not None:
        spans.append((changed.fill.start, changed.fill.end))
    return any(start < answered.key.end and answered.key.start < end for start, end in spans)
