"""Checks on chains and attributes: where a layer is annotated, it is annotated throughout.

A document in which no mention has an entity has no such layer; once one has, every one needs
one. The same holds for the values of times and for the attributes of events.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from vinee.corpus import links
from vinee.model import NIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding
    from vinee.model import Entity, Event

_UNCHAINED = frozenset({"TITLE"})
_REFERENCES = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF"})
_DATE = re.compile(r"[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?|-W[0-9X]{2}|-Q[1-4X]|-(SP|SU|FA|WI))?")
_TIME = re.compile(r"([0-9X]{4}-[0-9X]{2}-[0-9X]{2})?T([0-9X]{2}(:[0-9X]{2}){0,2}|MO|AF|EV|NI|DT)")
_NUMBER = r"(\d+(\.\d+)?|X)"
_LENGTH = re.compile(
    rf"P(?=.)({_NUMBER}Y)?({_NUMBER}M)?({_NUMBER}W)?({_NUMBER}D)?"
    rf"(T(?=.)({_NUMBER}H)?({_NUMBER}M)?({_NUMBER}S)?)?"
)
_SHAPES = {"DATE": (_DATE,), "TIME": (_TIME,), "DURATION": (_LENGTH,), "SET": (_LENGTH, _DATE)}


def mentions_have_entities(context: Context) -> Iterator[Finding]:
    """``entity-missing``: every mention but TITLE belongs to an entity (C1)."""
    mentions = context.document.mentions or ()
    if not any(mention.entity is not None for mention in mentions):
        return
    for index, mention in enumerate(mentions):
        if mention.entity is None and mention.type not in _UNCHAINED:
            yield context.finding(
                "entity-missing",
                ("mentions", index),
                f"{_covered(context, mention.start, mention.end)} belongs to no entity; "
                "give it the entity it means, or one of its own",
            )


def chains_have_one_type(context: Context) -> Iterator[Finding]:
    """``entity-type``: a chain's mentions have the type of their entity (C1)."""
    types = {entity.id: entity.type for entity in context.document.entities or ()}
    for index, mention in enumerate(context.document.mentions or ()):
        expected = types.get(mention.entity) if mention.entity else None
        if expected is not None and mention.type != expected:
            yield context.finding(
                "entity-type",
                ("mentions", index),
                f"{_covered(context, mention.start, mention.end)} is {mention.type}, its entity "
                f"{mention.entity!r} is {expected}; part them, or mend a type",
            )


def names_keep_their_entity(context: Context) -> Iterator[Finding]:
    """``entity-name``: one name of one type and role means one entity within an article (G3)."""
    found: dict[tuple[str, str, str | None], Counter[str]] = defaultdict(Counter)
    for mention in context.document.mentions or ():
        if mention.level == "NAM" and mention.entity is not None:
            name = context.text[mention.start : mention.end]
            found[name, mention.type, mention.gpe_role][mention.entity] += 1
    for index, mention in enumerate(context.document.mentions or ()):
        name = context.text[mention.start : mention.end]
        entities = found.get((name, mention.type, mention.gpe_role), Counter())
        if mention.level != "NAM" or mention.entity is None or len(entities) < 2:  # noqa: PLR2004 - more than one
            continue
        usual = entities.most_common(1)[0][0]
        if mention.entity != usual:
            yield context.finding(
                "entity-name",
                ("mentions", index),
                f"{name!r} means {mention.entity!r} here, but mostly {usual!r}; "
                "make them agree if the same is meant",
                "warning",
            )


def times_have_values(context: Context) -> Iterator[Finding]:
    """``timex-value``: every time has a value of the shape that its type asks for (T5 to T8)."""
    timexes = context.document.timexes or ()
    if not any(timex.value is not None for timex in timexes):
        return
    for index, timex in enumerate(timexes):
        shapes = _SHAPES.get(timex.type or "", ())
        good = timex.value in _REFERENCES and timex.type == "DATE"
        if not good and not any(shape.fullmatch(timex.value or "") for shape in shapes):
            yield context.finding(
                "timex-value",
                ("timexes", index),
                f"{timex.value!r} is no value of a {timex.type}; write it as TIMEX3 does, "
                "with X for digits that the article does not give",
            )


def timex_mods_are_known(context: Context) -> Iterator[Finding]:
    """``timex-mod``: a modifier of a time is one of TIMEX3's (T9)."""
    for index, timex in enumerate(context.document.timexes or ()):
        if timex.mod is not None and timex.mod not in context.ontology.timex_mods:
            allowed = ", ".join(context.ontology.timex_mods)
            yield context.finding(
                "timex-mod", ("timexes", index), f"{timex.mod!r} is no modifier; use {allowed}"
            )


def events_have_attributes(context: Context) -> Iterator[Finding]:
    """``event-attributes``: polarity, realis and modality are given and fit together (R1 to R3)."""
    events = context.document.events or ()
    if not any(event.realis is not None for event in events):
        return
    for index, event in enumerate(events):
        if problem := _attribute_problem(event):
            yield context.finding(
                "event-attributes", ("events", index), f"{event.trigger.text!r}: {problem}"
            )


def _attribute_problem(event: Event) -> str | None:
    if event.realis is None or event.polarity is None:
        return "realis or polarity is missing; give both"
    if event.polarity == "NEGATIVE" and event.realis != "OTHER":
        return f"what does not take place is OTHER, not {event.realis}"
    wanted = event.realis == "OTHER" and event.polarity == "POSITIVE"
    if wanted and event.modality is None:
        return "an event that has not begun has a modality; give it"
    if not wanted and event.modality is not None:
        return f"modality {event.modality} is only for OTHER with POSITIVE; leave it out"
    return None


def event_chains_resolve(context: Context) -> Iterator[Finding]:
    """``chain-unknown``: where a document lists chains of events, each event is in one of them.

    ``chain-generic``: one that is no particular event is in none (K6).
    """
    if context.document.chains is None:
        return
    known = {chain.id for chain in context.document.chains}
    for index, event in enumerate(context.document.events or ()):
        if event.realis == "GENERIC" and event.chain is not None:
            yield context.finding(
                "chain-generic",
                ("events", index),
                f"{event.trigger.text!r} is GENERIC and so in no chain; take it out of "
                f"{event.chain!r}, or give the realis that it has there",
            )
        elif event.realis != "GENERIC" and event.chain not in known:
            yield context.finding(
                "chain-unknown",
                ("events", index),
                f"there is no chain {event.chain!r} in this document; add it, or mend the id",
            )


def items_are_wikidata(context: Context) -> Iterator[Finding]:
    """``wikidata``: an entity's item is Q and a number, or NIL."""
    for index, entity in enumerate(context.document.entities or ()):
        if entity.wikidata is not None and not links.is_item(entity.wikidata):
            yield context.finding(
                "wikidata",
                ("entities", index),
                f"{entity.wikidata!r} is no item of Wikidata, but is given for "
                f"{_named(entity)!r}; give Q and a number, or NIL",
            )


def entities_have_items_of_their_own(context: Context) -> Iterator[Finding]:
    """``item-twice``: two entities of a document are not the same Wikidata item."""
    first: dict[str, Entity] = {}
    for index, entity in enumerate(context.document.entities or ()):
        if entity.wikidata is None or entity.wikidata == NIL:
            continue
        other = first.setdefault(entity.wikidata, entity)
        if other is not entity:
            yield context.finding(
                "item-twice",
                ("entities", index),
                f"{_named(entity)!r} and {_named(other)!r} are both {entity.wikidata}; make them "
                "one entity, or mend an item",
            )


def _covered(context: Context, start: int, end: int) -> str:
    return repr(context.text[start:end])


def _named(entity: Entity) -> str | None:
    return entity.corpus_id or entity.id
