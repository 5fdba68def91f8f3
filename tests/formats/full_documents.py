"""Documents of all layers: random ones, and the five articles with every attribute filled in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import cycle
from typing import Any, get_args

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET

from vinee import resources
from vinee.formats import native
from vinee.formats.placed import placed
from vinee.model import (
    Argument,
    Chain,
    Document,
    Entity,
    Event,
    GpeRole,
    Level,
    Mention,
    Modality,
    Polarity,
    Realis,
    Section,
    Span,
    Timex,
    TimexMod,
    TimexType,
)

STEMS = [path.stem for path in sorted((resources.root() / "seeds").glob("*.txt"))]
PIECES = [
    "Tổng thống",
    "Nga",
    "ngày 7/8",
    "😀",
    "👨‍👩‍👧",
    ".",
    "“hoà”",
    " ",
    "  ",
    "\t",
    "\n\n",
    "\r\n",
    "\u2028",
]
PIECES += [unicodedata.normalize("NFD", "Điện Kremlin"), "\u0301", "<b>&amp;"]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
WORDS = st.text(min_size=0, max_size=4)


def canonical(document: Document) -> Document:
    """Put everything whose order says nothing in order, and fill in the text of spans."""
    in_order = placed(document)
    events = in_order.events and tuple(
        msgspec.structs.replace(event, arguments=tuple(sorted(event.arguments, key=repr)))
        for event in in_order.events
    )
    groups: dict[str, Any] = {
        layer: items and tuple(sorted(items, key=repr))
        for layer in ("mentions", "timexes", "entities", "chains")
        for items in [getattr(in_order, layer)]
    }
    events = events and tuple(sorted(events, key=repr))
    return msgspec.structs.replace(in_order, events=events, **groups)


def gold(stem: str) -> Document:
    return native.read(resources.root() / "annotations" / "gold" / f"{stem}.json")


def full(stem: str) -> Document:
    """An article of the gold in which every attribute of every layer has each of its values."""
    document = gold(stem)
    levels, roles = cycle(get_args(Level)), cycle([None, *get_args(GpeRole)])
    values = cycle([None, "2025-08-07", "P1W", "XXXX-XX-XX"])
    mods = cycle([None, *get_args(TimexMod)])
    polarities, realis = cycle(get_args(Polarity)), cycle(get_args(Realis))
    modalities, wikidata = cycle([None, *get_args(Modality)]), cycle(["Q7747", "NIL", None])
    mentions = [
        msgspec.structs.replace(
            m,
            level=next(levels),
            gpe_role=next(roles),
            entity=None if number % 7 == 0 else f"e{number % 9}",
        )
        for number, m in enumerate(document.mentions or ())
    ]
    timexes = [
        msgspec.structs.replace(t, value=next(values), mod=next(mods))
        for t in document.timexes or ()
    ]
    events = [
        msgspec.structs.replace(
            e,
            polarity=next(polarities),
            realis=next(realis),
            modality=next(modalities),
            chain=f"c{number % 5}",
            arguments=(
                *e.arguments,
                Argument("Place", ref=mentions[number].id or "", implicit=True),
                Argument("Instrument", span=Span(number, number + 3)),
            ),
        )
        for number, e in enumerate(document.events or ())
    ]
    return placed(
        msgspec.structs.replace(
            document,
            mentions=tuple(mentions),
            timexes=tuple(timexes),
            events=tuple(events),
            entities=tuple(
                Entity(f"e{n}", "PER", f"Tên {n}", f"corpus-{n}", next(wikidata)) for n in range(10)
            ),
            chains=tuple(Chain(f"c{n}", f"sự kiện {n}", f"event-{n}") for n in range(6)),
        )
    )


@st.composite
def documents(draw: Callable[[Any], Any], texts: Any = TEXTS) -> Document:
    """Any valid document: layers that are missing or empty, spans anywhere, ids or none."""
    text = draw(texts)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(
        lambda pair: pair[0] < pair[1]
    )
    extents = spans.map(lambda pair: Span(*pair))
    numbers = iter(range(1000))
    ids = st.none() | st.sampled_from(["", "~", "~~", "x-", "#", "%23", "%"]).map(
        lambda p: f"{p}i{next(numbers)}"
    )
    scores = st.just(UNSET) | st.floats(0, 1)
    # No letter that ids of items have: all ids of a document differ.
    groups = draw(st.lists(st.text("gồ ", max_size=3), max_size=3, unique=True))
    members = st.none() | st.sampled_from(groups) if groups else st.none()
    types = st.sampled_from(["PER", "GPE", "DATE", "SPAN", "TIMEX3"])

    def layer(item: Any) -> Any:
        items = draw(st.none() | st.lists(item, max_size=4))
        return items if items is None else tuple(items)

    mentions = layer(
        st.builds(
            lambda pair, **rest: Mention(*pair, **rest),
            spans,
            type=types,
            id=ids,
            extent=st.none() | extents,
            level=st.sampled_from(get_args(Level)),
            gpe_role=st.none() | st.sampled_from(get_args(GpeRole)),
            entity=members,
            score=scores,
        )
    )
    timexes = layer(
        st.builds(
            lambda pair, **rest: Timex(*pair, **rest),
            spans,
            id=ids,
            type=st.none() | st.sampled_from(get_args(TimexType)),
            value=st.none() | WORDS,
            mod=st.none() | st.sampled_from(get_args(TimexMod)),
            score=scores,
        )
    )
    referable = [i.id for i in (*(mentions or ()), *(timexes or ())) if i.id is not None]
    role = st.sampled_from(["Agent", "Place"])
    arguments = st.builds(Argument, role, span=extents, implicit=st.booleans())
    if referable:
        arguments |= st.builds(
            Argument, role, ref=st.sampled_from(referable), implicit=st.booleans()
        )
    events = layer(
        st.builds(
            Event,
            type=types,
            trigger=extents,
            id=ids,
            arguments=st.lists(arguments, max_size=4).map(tuple),
            polarity=st.none() | st.sampled_from(get_args(Polarity)),
            realis=st.none() | st.sampled_from(get_args(Realis)),
            modality=st.none() | st.sampled_from(get_args(Modality)),
            chain=members,
            score=scores,
        )
    )
    used = {m.entity for m in mentions or ()} - {None}, {e.chain for e in events or ()} - {None}
    facts = st.fixed_dictionaries({"name": st.none() | WORDS, "corpus_id": st.none() | WORDS})
    wikidata = st.sampled_from([None, "NIL", "Q7747"])
    return placed(
        Document(
            draw(st.text("abc_-", min_size=1, max_size=3)),
            text,
            sections=layer(st.builds(lambda pair: Section(pair[0], pair[1], "body"), spans)),
            sentences=layer(extents),
            mentions=mentions,
            entities=tuple(
                Entity(i, draw(types), **draw(facts), wikidata=draw(wikidata)) for i in groups
            )
            if used[0]
            else draw(st.sampled_from([None, (), (Entity("alone", "PER"),)])),
            timexes=timexes,
            events=events,
            chains=tuple(Chain(i, **draw(facts)) for i in groups)
            if used[1]
            else draw(st.sampled_from([None, (), (Chain("alone", "tên"),)])),
            meta=draw(st.none() | st.dictionaries(WORDS, st.integers(0, 9), max_size=2)),
        )
    )
