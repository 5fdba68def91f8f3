"""What the names that an annotator gives to entities and events become in the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee.model import Chain, Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.model import Event, Mention

_BY_NAME = ("NAM", "NOM", "PRO")


def entities(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Number the entities in order of first mention; the given name becomes ``corpus_id``.

    An entity takes its type from its first mention and its name from its longest one, names
    before nominals before pronouns.
    """
    chains: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        if mention.entity is not None:
            chains.setdefault(mention.entity, []).append(mention)
    ids = {name: f"e{number}" for number, name in enumerate(chains, start=1)}
    return (
        tuple(
            m if m.entity is None else msgspec.structs.replace(m, entity=ids[m.entity])
            for m in mentions
        ),
        tuple(
            Entity(ids[name], chain[0].type, name=_name(chain), corpus_id=name)
            for name, chain in chains.items()
        ),
    )


def _name(chain: Iterable[Mention]) -> str | None:
    best = min(chain, key=lambda m: (_BY_NAME.index(m.level), m.start - m.end, m.start))
    return best.text


def events(events: Sequence[Event]) -> tuple[tuple[Event, ...], tuple[Chain, ...]]:
    """Number the chains in order of first trigger; an event without a name gets its own chain.

    One that is GENERIC gets none (K6).
    """
    ids: dict[str | int, str] = {}
    names: dict[str, str | None] = {}
    numbered = []
    for place, event in enumerate(events):
        if event.chain is None and event.realis == "GENERIC":
            numbered.append(event)
            continue
        key = place if event.chain is None else event.chain
        if key not in ids:
            ids[key] = f"c{len(ids) + 1}"
            names[ids[key]] = event.chain
        numbered.append(msgspec.structs.replace(event, chain=ids[key]))
    return tuple(numbered), tuple(Chain(id_, corpus_id=name) for id_, name in names.items())
