"""What holds for every two editions."""

from __future__ import annotations

from typing import TypeVar, get_args

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee.corpus import gold
from vinee.corpus.diff import Diff, compare
from vinee.corpus.diff.change import Layer
from vinee.model import Argument, Chain, Document, Entity, Event, Level, Mention, Span, Timex

T = TypeVar("T")
MIRRORED = {"added": "removed", "removed": "added", "moved": "moved", "relabelled": "relabelled"}
MIRRORED_TEXT = {"old": "new", "new": "old"}
SPANS = st.tuples(st.integers(0, 12), st.integers(1, 5)).map(lambda s: Span(s[0], s[0] + s[1]))
CHAINS = st.sampled_from([None, "c0", "c1", "c2"])
NAMES = st.sampled_from([None, "Nga", "Mỹ"])


@st.composite
def mentions(draw: st.DrawFn) -> list[Mention]:
    types = st.sampled_from(["PER", "GPE"])
    levels = st.sampled_from(get_args(Level))
    found = draw(st.lists(st.tuples(SPANS, types), max_size=6, unique=True))
    return [
        Mention(span.start, span.end, type_, None, f"m{at}", None, draw(levels), None, draw(CHAINS))
        for at, (span, type_) in enumerate(found)
    ]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document with many items at one place, but none twice of one type, as in valid gold."""
    people = draw(mentions())
    spans = draw(st.lists(SPANS, max_size=4, unique=True))
    times = [Timex(span.start, span.end, id=f"t{at}") for at, span in enumerate(spans)]
    fillers = [*(each.id for each in people), *(each.id for each in times)]
    refs = st.sampled_from(fillers) if fillers else st.nothing()
    argument = st.one_of(
        st.builds(Argument, st.sampled_from(["Agent", "Place"]), ref=refs),
        st.builds(Argument, st.sampled_from(["Agent", "Place"]), span=SPANS),
    )
    event = st.builds(
        Event,
        st.sampled_from(["Meet", "Visit"]),
        SPANS,
        arguments=st.lists(argument, max_size=3).map(tuple),
        realis=st.sampled_from([None, "ACTUAL"]),
        chain=CHAINS,
    )
    ids = [f"c{number}" for number in range(3)]
    return Document(
        draw(st.sampled_from(["a", "b"])),
        text=draw(st.sampled_from([None, "Ông Putin gặp ông Trump", "Ông Putin đã gặp ông Trump"])),
        sentences=draw(st.none() | st.lists(SPANS, max_size=4).map(tuple)),
        mentions=tuple(people),
        entities=tuple(Entity(id_, "PER", draw(NAMES), draw(NAMES)) for id_ in ids),
        timexes=tuple(times),
        events=tuple(draw(st.lists(event, max_size=4, unique_by=lambda e: (e.type, e.trigger)))),
        chains=draw(st.none() | st.just(tuple(Chain(id_) for id_ in ids))),
    )


@st.composite
def disguised(draw: st.DrawFn, document: Document) -> Document:
    """The same document with other ids, its items in another order."""

    def shuffled(items: tuple[T, ...] | None) -> tuple[T, ...] | None:
        return None if items is None else tuple(draw(st.permutations(items)))

    def renamed(argument: Argument) -> Argument:
        return replace(argument, ref=f"x{argument.ref}") if argument.ref else argument

    def other(id_: str | None) -> str | None:
        return None if id_ is None else f"x{id_}"

    return replace(
        document,
        sentences=shuffled(document.sentences),
        mentions=shuffled(
            tuple(
                replace(each, id=other(each.id), entity=other(each.entity))
                for each in document.mentions or ()
            )
        ),
        entities=shuffled(tuple(replace(e, id=f"x{e.id}") for e in document.entities or ())),
        timexes=shuffled(tuple(replace(t, id=other(t.id)) for t in document.timexes or ())),
        events=shuffled(
            tuple(
                replace(
                    each,
                    arguments=shuffled(tuple(map(renamed, each.arguments))),
                    chain=other(each.chain),
                )
                for each in document.events or ()
            )
        ),
        chains=shuffled(
            None
            if document.chains is None
            else tuple(replace(each, id=f"x{each.id}") for each in document.chains)
        ),
    )


Change = tuple[object, ...]


def described(diff: Diff, *, mirrored: bool = False) -> list[Change]:
    """All that a diff says, in an order of its own, as it is or as seen from the other side."""
    step = -1 if mirrored else 1
    told: list[Change] = []
    for document in diff.documents:
        for each in document.layers:
            edition = MIRRORED_TEXT[each.annotated_in] if mirrored else each.annotated_in
            told.append((document.doc_id, each.layer, edition))
        if (text := document.text) is not None:
            only = text.only_in and (MIRRORED_TEXT[text.only_in] if mirrored else text.only_in)
            told.append((document.doc_id, only, *(text.old, text.new)[::step]))
        for change in document.changes:
            names, event = change.chain, change.argument_of
            told.append(
                (
                    document.doc_id,
                    change.layer,
                    MIRRORED[change.kind] if mirrored else change.kind,
                    (change.old, change.new)[::step],
                    tuple((each.name, *(each.old, each.new)[::step]) for each in change.attributes),
                    names and (names.old, names.new)[::step],
                    event and (event.old_trigger, event.new_trigger)[::step],
                    change.contents,
                )
            )
    return sorted(told, key=repr)


@given(documents())
def test_an_edition_does_not_differ_from_itself(document: Document) -> None:
    assert compare([document], [document]).is_empty


@given(st.data())
def test_order_of_items_and_ids_do_not_matter(data: st.DataObject) -> None:
    document = data.draw(documents())

    assert compare([document], [data.draw(disguised(document))]).is_empty


@given(st.data())
def test_order_of_items_and_ids_do_not_matter_where_there_are_changes(data: st.DataObject) -> None:
    old, new = data.draw(documents()), data.draw(documents())
    as_they_are = compare([old], [new])

    again = compare([data.draw(disguised(old))], [data.draw(disguised(new))])

    assert described(again) == described(as_they_are)


@given(documents(), documents())
def test_a_diff_can_be_read_from_either_side(old: Document, new: Document) -> None:
    forth, back = compare([old], [new]), compare([new], [old])

    assert described(back, mirrored=True) == described(forth)
    assert (back.added, back.removed) == (forth.removed, forth.added)


@given(documents(), documents())
def test_only_equal_editions_have_an_empty_diff(old: Document, new: Document) -> None:
    """Whatever is added or left out shows: layers of other sizes never pass for equal."""
    new = replace(new, doc_id=old.doc_id)
    sizes = [
        [len(getattr(each, layer) or ()) for layer in ("mentions", "timexes", "events")]
        for each in (old, new)
    ]

    assert sizes[0] == sizes[1] or not compare([old], [new]).is_empty


@given(documents(), documents())
def test_no_item_is_lost_or_counted_twice(old: Document, new: Document) -> None:
    new = replace(new, doc_id=old.doc_id)

    counted = compare([old], [new]).summary()

    layers: tuple[Layer, ...] = ("mentions", "timexes", "events")
    for layer in layers:
        row = counted[layer]
        more = len(getattr(new, layer)) - len(getattr(old, layer))
        assert row["added"] - row["removed"] == more


def test_our_gold_reversed_does_not_differ_from_it() -> None:
    reversed_ = [
        replace(
            each,
            mentions=(each.mentions or ())[::-1],
            timexes=(each.timexes or ())[::-1],
            events=(each.events or ())[::-1],
        )
        for each in reversed(gold.documents())
    ]

    assert compare(gold.documents(), reversed_).is_empty
