"""Laws of the metrics of paired mentions and times, and the best of all pairings beside them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_documents import STEMS, TypeView, article

from vinee.metrics.ner import NerStrict
from vinee.metrics.spans.either import NerEither
from vinee.metrics.spans.exact import NerExact
from vinee.metrics.spans.iou import NerIou
from vinee.metrics.spans.nested import NerNested
from vinee.metrics.spans.partial import NerPartial
from vinee.metrics.spans.typed import NerType
from vinee.metrics.timex import TimexRelaxed
from vinee.metrics.units import UNITS
from vinee.model import Document, Mention, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vinee.metrics.counts import Counts
    from vinee.metrics.credits import Credits
    from vinee.metrics.exact import Exact

    Typed: TypeAlias = tuple[int, int, str]
    Worth: TypeAlias = Callable[[Typed, Typed], Fraction | int]

VIEW = TypeView()
THIRD = Fraction(1, 3)
NER = {
    scorer.name: scorer
    for scorer in (
        NerExact(VIEW),
        NerPartial(VIEW),
        NerType(VIEW),
        NerIou(VIEW),
        NerIou(VIEW, threshold=THIRD),
        NerNested(VIEW),
        NerEither(VIEW),
    )
}
TIMES = {
    scorer.name: scorer
    for scorer in (
        TimexRelaxed(),
        TimexRelaxed("type"),
        TimexRelaxed("value"),
        TimexRelaxed("full"),
    )
}
SCORERS = NER | TIMES
law = settings(max_examples=25, derandomize=True)
every = pytest.mark.parametrize("name", sorted(SCORERS))

# Few places and labels, so that agreement, nesting and crossing all happen often.
spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda t: (t[0], t[0] + t[1]))
mentions = st.builds(
    lambda span, type_: Mention(span[0], span[1], type_), spans, st.sampled_from("PL")
)
titled = st.builds(
    lambda each, before: replace(each, extent=Span(max(each.start - before, 0), each.end)),
    mentions,
    st.integers(0, 4),
)
timexes = st.builds(
    lambda span, type_, value, mod: Timex(span[0], span[1], type=type_, value=value, mod=mod),
    spans,
    st.sampled_from(["DATE", "TIME"]),
    st.sampled_from(["2019", "2025"]),
    st.sampled_from([None, "START"]),
)
SENTENCES = tuple(Span(start, start + 10) for start in range(0, 50, 10))


def documents(doc_id: str, most: int = 5) -> st.SearchStrategy[Document]:
    return st.builds(
        lambda found, times: Document(
            doc_id,
            text=article(doc_id)[:50],
            sentences=SENTENCES,
            mentions=tuple(found),
            timexes=tuple(times),
        ),
        st.lists(mentions | titled, max_size=most),
        st.lists(timexes, max_size=most),
    )


document = documents(STEMS[0])
corpora = st.tuples(*map(documents, STEMS[:2])).map(list)


def score(name: str, gold: Document, predicted: Document) -> Counts | Credits:
    return SCORERS[name].counts([gold], [predicted])


def micro(name: str, gold: Document, predicted: Document) -> Exact:
    return score(name, gold, predicted).exact()["micro"]


def size(name: str, each: Document) -> int:
    """Return how many distinct items are counted."""
    return int(score(name, each, each).table[..., 2].sum())


def shuffled(each: Document, data: st.DataObject) -> Document:
    return replace(
        each,
        mentions=tuple(data.draw(st.permutations(each.mentions or ()))),
        timexes=tuple(data.draw(st.permutations(each.timexes or ()))),
    )


@every
@law
@given(gold=document)
def test_gold_against_itself_is_one_wherever_something_is_counted(
    name: str, gold: Document
) -> None:
    found = micro(name, gold, gold)

    assert found == ((1, 1, 1) if size(name, gold) else (None, None, None))


@every
@law
@given(gold=corpora, predicted=corpora, data=st.data())
def test_order_never_matters(
    name: str, gold: list[Document], predicted: list[Document], data: st.DataObject
) -> None:
    mixed_gold = [shuffled(each, data) for each in data.draw(st.permutations(gold))]
    mixed_predicted = [shuffled(each, data) for each in data.draw(st.permutations(predicted))]

    for unit in UNITS:
        expected = SCORERS[name].counts(gold, predicted, unit)
        assert SCORERS[name].counts(mixed_gold, mixed_predicted, unit) == expected


@every
@law
@given(gold=document, predicted=document)
def test_precision_and_recall_change_places_when_the_sides_do(
    name: str, gold: Document, predicted: Document
) -> None:
    if name == "ner.either":  # gold's extents count, predicted ones do not
        gold, predicted = (
            replace(
                side, mentions=tuple(replace(each, extent=None) for each in side.mentions or ())
            )
            for side in (gold, predicted)
        )
    there, back = score(name, gold, predicted), score(name, predicted, gold)

    assert there.table[..., [0, 2, 1]].tolist() == back.table.tolist()


@every
@law
@given(gold=corpora, predicted=corpora)
def test_units_of_a_document_sum_to_the_document(
    name: str, gold: list[Document], predicted: list[Document]
) -> None:
    whole = SCORERS[name].counts(gold, predicted)

    for unit in UNITS:
        assert SCORERS[name].counts(gold, predicted, unit).over_documents() == whole


@every
@law
@given(gold=corpora, predicted=corpora)
def test_documents_merge_into_the_whole(
    name: str, gold: list[Document], predicted: list[Document]
) -> None:
    first, second = (score(name, one, other) for one, other in zip(gold, predicted, strict=True))

    assert second.merge(first) == SCORERS[name].counts(gold, predicted)  # type: ignore[arg-type]


@every
@law
@given(gold=document, predicted=document)
def test_scores_are_in_the_unit_interval(name: str, gold: Document, predicted: Document) -> None:
    assert all(each is None or 0 <= each <= 1 for each in micro(name, gold, predicted))


@every
@law
@given(gold=document, predicted=document)
def test_a_duplicate_changes_nothing(name: str, gold: Document, predicted: Document) -> None:
    twice = replace(
        predicted, mentions=(predicted.mentions or ()) * 2, timexes=(predicted.timexes or ()) * 2
    )

    assert score(name, gold, twice) == score(name, gold, predicted)


@every
@law
@given(gold=document, predicted=document)
def test_adding_what_is_gold_never_lowers_recall(
    name: str, gold: Document, predicted: Document
) -> None:
    more = replace(
        predicted,
        mentions=(*(predicted.mentions or ()), *(gold.mentions or ())[:1]),
        timexes=(*(predicted.timexes or ()), *(gold.timexes or ())[:1]),
    )

    before, after = micro(name, gold, predicted).recall, micro(name, gold, more).recall

    assert (after or 0) >= (before or 0)


# Without the mention around it, a nested mention of the prediction is nested no more.
@pytest.mark.parametrize("name", sorted(SCORERS.keys() - {"ner.nested"}))
@law
@given(gold=document, predicted=document)
def test_removing_what_is_wrong_never_lowers_precision(
    name: str, gold: Document, predicted: Document
) -> None:
    apart = replace(
        predicted,
        mentions=(*(predicted.mentions or ()), Mention(48, 50, "P")),
        timexes=(*(predicted.timexes or ()), Timex(48, 50, type="DATE", value="2025")),
    )

    before, after = micro(name, gold, apart).precision, micro(name, gold, predicted).precision

    assert after is None or after >= (before or 0)


@law
@given(gold=document, predicted=document)
def test_looser_matches_find_no_less(gold: Document, predicted: Document) -> None:
    correct = {
        name: score(name, gold, predicted).table[..., 0].sum()
        for name in ("ner.exact", "ner.partial", "ner.type", "ner.iou", "ner.iou(threshold=1/3)")
    }
    strict = NerStrict(VIEW).counts([gold], [predicted]).table[..., 0].sum()
    either = score("ner.either", gold, predicted).table[..., 0].sum()

    assert strict <= correct["ner.exact"] <= correct["ner.partial"]
    assert strict <= correct["ner.iou"] <= correct["ner.iou(threshold=1/3)"] <= correct["ner.type"]
    assert strict <= either


def all_pairings(gold: list[Typed], predicted: list[Typed]) -> Iterator[list[tuple[Typed, Typed]]]:
    if not gold:
        yield []
        return
    yield from all_pairings(gold[1:], predicted)
    for at, other in enumerate(predicted):
        for rest in all_pairings(gold[1:], predicted[:at] + predicted[at + 1 :]):
            yield [(gold[0], other), *rest]


def shared(one: Typed, other: Typed) -> int:
    return len(set(range(*one[:2])) & set(range(*other[:2])))


def exact(one: Typed, other: Typed) -> int:
    return int(one[:2] == other[:2])


def partial(one: Typed, other: Typed) -> Fraction:
    return Fraction(exact(one, other) + (shared(one, other) > 0), 2)


def typed(one: Typed, other: Typed) -> int:
    return int(shared(one, other) > 0 and one[2] == other[2])


def iou(one: Typed, other: Typed) -> int:
    union = len(set(range(*one[:2])) | set(range(*other[:2])))
    return int(Fraction(shared(one, other), union) >= THIRD and one[2] == other[2])


@pytest.mark.parametrize(
    ("name", "worth"),
    [
        ("ner.exact", exact),
        ("ner.partial", partial),
        ("ner.type", typed),
        ("ner.iou(threshold=1/3)", iou),
    ],
)
@law
@given(gold=documents(STEMS[0], 4), predicted=documents(STEMS[0], 4))
def test_what_is_correct_is_what_the_best_of_all_pairings_gives(
    name: str, worth: Worth, gold: Document, predicted: Document
) -> None:
    sides = [sorted(set(VIEW(each))) for each in (gold, predicted)]
    best = max(sum(worth(*pair) for pair in each) for each in all_pairings(*sides))

    found = score(name, gold, predicted).table.sum(axis=(0, 1)).tolist()

    assert [Fraction(number) for number in found] == [best, len(sides[1]), len(sides[0])]
