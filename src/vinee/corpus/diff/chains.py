"""Chains of mentions (entities) and of events: which is which, and who went from one to another."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from vinee.corpus.assignment import best
from vinee.corpus.diff.attributes import Attribute, differences
from vinee.corpus.diff.change import ChainNames, Change
from vinee.corpus.diff.pairing import weight
from vinee.model import Entity

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from vinee.corpus.diff.change import Layer
    from vinee.corpus.diff.pairing import Pair, Span
    from vinee.corpus.diff.side import Side
    from vinee.model import Chain, Located

_UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A chain with its members.

    Attributes:
        name: Its ``corpus_id``, or else its name, or what its first member says; never its id,
            which is another in the next edition.
        label: The type of an entity.
        attributes: The rest of what is annotated about it.
        texts: What its members say, in the order of the text.
        key: All that is compared, as one string.
    """

    name: str
    label: str | None
    attributes: tuple[Attribute, ...]
    texts: tuple[str, ...]
    key: str

    def value(self, name: str) -> str | None:
        """Return an attribute."""
        return next((each.key for each in self.attributes if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Groups:
    """The chains of a layer, and by the index of a member the index of its chain."""

    all: tuple[Group, ...]
    of: Mapping[int, int]

    def keys(self) -> dict[int, str]:
        """Give, by the index of a member, what its chain is compared by."""
        return {member: self.all[at].key for member, at in self.of.items()}


class _Member(NamedTuple):
    """An item of a chain, with what chains are told apart by first."""

    span: Span
    label: str
    at: int
    located: Located


def gather(
    declared: Sequence[Entity | Chain] | None,
    members: Iterable[tuple[str | None, str, Located]],
    side: Side,
) -> Groups:
    """Gather the members of each chain; one that is referred to only is a chain too.

    Args:
        declared: The layer.
        members: The id of the chain, the type and the span of each item of the members' layer.
        side: The edition.
    """
    belong: dict[str, list[_Member]] = defaultdict(list)
    for at, (ref, label, located) in enumerate(members):
        if ref is not None:
            belong[ref].append(_Member(side.coordinates.span(located), label, at, located))
    found: list[Group] = []
    of: dict[int, int] = {}
    for each in declared or ():
        inside = belong.pop(each.id, [])
        of |= {member.at: len(found) for member in inside}
        found.append(_group(each, inside, side))
    for inside in belong.values():
        of |= {member.at: len(found) for member in inside}
        found.append(_group(None, inside, side))
    return Groups(tuple(found), of)


def _group(
    chain: Entity | Chain | None,
    members: Iterable[_Member],
    side: Side,
) -> Group:
    ordered = sorted(members, key=lambda member: member[:3])
    values: dict[str, str | None] = {}
    if chain is not None:
        values = {"name": chain.name, "corpus_id": chain.corpus_id}
    type_ = None
    if isinstance(chain, Entity):
        values["wikidata"] = chain.wikidata
        type_ = chain.type
    texts = tuple(side.quote(located).text for *_, located in ordered)
    return Group(
        name=values.get("corpus_id") or values.get("name") or (*texts, _UNNAMED)[0],
        label=type_,
        attributes=tuple(Attribute(key, value, value) for key, value in values.items()),
        texts=texts,
        key=repr((type_, sorted(values.items()), [member[:2] for member in ordered])),
    )


def changes(
    layer: Layer,
    groups: tuple[Groups, Groups],
    pairs: Sequence[Pair],
    sides: tuple[Side, Side],
) -> Iterator[Change]:
    """Compare chains by their members, which were paired before.

    A chain of the same members is the same chain; then one of the same ``corpus_id``, or name;
    then the one with which it shares most. A member is reported to have moved unless its chain is
    the same, or it belonged to none and its chain is new (or the other way round), since a chain
    that is added or removed is reported with its members.
    """
    old, new = groups
    partner = _partners(old, new, pairs)
    for at, group in enumerate(old.all):
        if at not in partner:
            names = ChainNames(group.name, None)
            yield Change(layer, "removed", group.label, chain=names, contents=group.texts)
            continue
        other = new.all[partner[at]]
        if found := differences(group, other, "type"):
            names = ChainNames(group.name, other.name)
            yield Change(layer, "relabelled", other.label, attributes=found, chain=names)
    kept = set(partner.values())
    for at, group in enumerate(new.all):
        if at not in kept:
            names = ChainNames(None, group.name)
            yield Change(layer, "added", group.label, chain=names, contents=group.texts)
    yield from _moves(layer, groups, partner, pairs, sides)


def _moves(
    layer: Layer,
    groups: tuple[Groups, Groups],
    partner: Mapping[int, int],
    pairs: Iterable[Pair],
    sides: tuple[Side, Side],
) -> Iterator[Change]:
    old, new = groups
    kept = set(partner.values())
    for left, right in pairs:
        was, is_ = old.of.get(left.index), new.of.get(right.index)
        if was is None and is_ is None:
            continue
        if (was is None and is_ not in kept) or (is_ is None and was not in partner):
            continue
        if was is None or is_ is None or partner.get(was) != is_:
            names = ChainNames(
                None if was is None else old.all[was].name,
                None if is_ is None else new.all[is_].name,
            )
            places = sides[0].quote(left.located), sides[1].quote(right.located)
            yield Change(layer, "moved", right.label, *places, chain=names)


def _partners(old: Groups, new: Groups, pairs: Iterable[Pair]) -> dict[int, int]:
    """Find which old chain is which new one: index to index, optimal, whatever their order."""
    shared = Counter(
        (old.of[left.index], new.of[right.index])
        for left, right in pairs
        if left.index in old.of and right.index in new.of
    )
    paired = (Counter[int](), Counter[int]())
    for left, right in pairs:
        if left.index in old.of:
            paired[0][old.of[left.index]] += 1
        if right.index in new.of:
            paired[1][new.of[right.index]] += 1
    possible = {*shared, *_alike(old.all, new.all)}
    edges = []
    for i, j in possible:
        one, other, common = old.all[i], new.all[j], shared[i, j]
        same = common > 0 and common == paired[0][i] == paired[1][j]
        corpus_id = one.value("corpus_id") is not None and (
            one.value("corpus_id") == other.value("corpus_id")
        )
        name = one.value("name") is not None and one.value("name") == other.value("name")
        parts = (same, corpus_id, name, common, one.label == other.label)
        edges.append(
            (i, j, weight((*parts, one.attributes == other.attributes, 1), (one.key, other.key)))
        )
    return dict(best(edges))


def _alike(old: Sequence[Group], new: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Find the chains that share a ``corpus_id`` or a name, or have nothing else to go by."""
    alike: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, all_ in enumerate((old, new)):
        for at, group in enumerate(all_):
            for name in ("corpus_id", "name"):
                if (value := group.value(name)) is not None:
                    alike[name, value][side].append(at)
            if not group.texts:
                alike[group.key][side].append(at)
    for olds, news in alike.values():
        yield from product(olds, news)
