from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from seqeval.metrics import f1_score
from small_documents import STEMS, SUMMIT, TypeView, article, mention

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.registry import metric
from vinee.metrics.scores import score
from vinee.metrics.tags import SeqevalTags
from vinee.model import Document, Mention, Span
from vinee.text.sentences import sentences
from vinee.text.syllables import syllables
from vinee.text.tags import encode

PUTIN = mention(SUMMIT, "Vladimir Putin", "PER")
RUSSIA = mention(SUMMIT, "Nga", "GPE")
GOLD = Document(SUMMIT, text=article(SUMMIT), mentions=(PUTIN, RUSSIA))
METRIC = SeqevalTags(TypeView())


def predict(*mentions: Mention) -> list[Document]:
    return [Document(SUMMIT, mentions=mentions)]


def counted(*mentions: Mention, gold: Document = GOLD) -> dict[str, list[int]]:
    counts = METRIC.counts([gold], predict(*mentions))
    return dict(zip(counts.labels, counts.total().tolist(), strict=True))


def test_right_spans_are_right_tags() -> None:
    assert counted(RUSSIA, PUTIN) == {"GPE": [1, 1, 1], "PER": [1, 1, 1]}


def test_a_span_that_cuts_a_syllable_covers_it() -> None:
    cut = replace(PUTIN, start=PUTIN.start + 2, end=PUTIN.end - 2)

    assert counted(cut)["PER"] == [1, 1, 1]


def test_a_span_with_a_neighbouring_syllable_is_wrong() -> None:
    wide = replace(PUTIN, start=RUSSIA.start)

    assert counted(wide) == {"GPE": [0, 0, 1], "PER": [0, 1, 1]}


def test_of_nested_spans_the_longest_stays() -> None:
    vladimir = mention(SUMMIT, "Vladimir", "PER")

    assert counted(vladimir, PUTIN)["PER"] == [1, 1, 1]


def test_of_one_span_with_two_labels_the_first_label_stays() -> None:
    assert counted(PUTIN, replace(PUTIN, type="ORG"))["PER"] == [0, 0, 1]


def test_a_span_over_two_sentences_is_cut_between_them() -> None:
    middle = PUTIN.start + len("Vladimir")
    split = replace(
        GOLD, sentences=(Span(0, middle), Span(middle, len(article(SUMMIT)))), mentions=(PUTIN,)
    )

    assert counted(PUTIN, gold=split)["PER"] == [2, 2, 2]


def test_a_span_without_a_token_is_dropped() -> None:
    space = article(SUMMIT).index(" ")

    assert counted(Mention(space, space + 1, "PER"))["PER"] == [0, 0, 1]


def test_the_order_of_sentences_does_not_matter() -> None:
    spans = [Span(start, end) for start, end in sentences(article(SUMMIT))]
    reverse = replace(GOLD, sentences=tuple(reversed(spans)))

    assert METRIC.counts([reverse], predict(PUTIN)) == METRIC.counts([GOLD], predict(PUTIN))


def test_labels_of_the_view_are_there_though_they_do_not_occur() -> None:
    view = TypeView()
    view.labels = ("FAC",)

    counts = SeqevalTags(view).counts([GOLD], [])

    assert counts.labels == ("FAC", "GPE", "PER")


def test_score_on_all_articles_is_seqevals() -> None:
    gold: list[Document] = []
    predicted: list[Document] = []
    gold_tags: list[list[str]] = []
    predicted_tags: list[list[str]] = []
    for stem in STEMS:
        text = article(stem)
        tokens = [syllables(text, *span) for span in sentences(text)]
        # Gold: each capitalised syllable. Predicted: the same, but every other one is LOC.
        right = [(a, b, "PER") for each in tokens for a, b in each if text[a].isupper()]
        wrong = [(a, b, "LOC" if nth % 2 else "PER") for nth, (a, b, _) in enumerate(right)]
        for spans, documents, tags in (
            (right, gold, gold_tags),
            (wrong[5:], predicted, predicted_tags),
        ):
            documents.append(Document(stem, text=text, mentions=tuple(Mention(*s) for s in spans)))
            tags += [
                encode(each, [s for s in spans if each[0][0] <= s[0] < each[-1][1]])
                for each in tokens
            ]

    ours = score(METRIC.counts(gold, predicted))

    assert ours.micro.f1 == f1_score(gold_tags, predicted_tags)


WORDS = ["a", "b", "cc", "d", "ee", "f"]


@st.composite
def divided(draw: st.DrawFn) -> tuple[Document, Document]:
    """A text of syllables and spaces, cut anywhere into sentences, and spans anywhere on it."""
    text = draw(st.lists(st.sampled_from([*WORDS, "  "]), min_size=1, max_size=12).map(" ".join))
    bounds = draw(st.sets(st.integers(1, len(text)), max_size=5).map(sorted))
    edges = [0, *(bound for bound in bounds if bound < len(text)), len(text)]
    place = st.integers(0, len(text) - 1)
    spans = draw(st.lists(st.tuples(place, st.integers(1, 9), st.sampled_from("XYZ")), max_size=8))
    mentions = [Mention(at, min(at + size, len(text)), label) for at, size, label in spans]
    sentences_ = tuple(Span(*pair) for pair in pairwise(edges))
    gold = Document("d", text=text, sentences=sentences_, mentions=tuple(mentions[::2]))
    return gold, Document("d", mentions=tuple(mentions[1::2]))


def slowly_tagged(document: Document, reference: Document) -> list[list[str]]:
    """Write tags by looking at each chosen span for each sentence."""
    text, parts = str(reference.text), reference.sentences or ()
    per_sentence = [syllables(text, each.start, each.end) for each in parts]
    tokens = [token for sentence in per_sentence for token in sentence]
    taken: set[int] = set()
    chosen = []
    ranges = {
        (tuple(n for n, (a, b) in enumerate(tokens) if a < end and start < b), label)
        for start, end, label in TypeView()(document)
    }
    for covered, label in sorted(ranges, key=lambda r: (-len(r[0]), r)):
        if covered and not taken & {*covered}:
            taken |= {*covered}
            chosen.append(({*covered}, label))
    tags, begin = [], 0
    for sentence in per_sentence:
        here = set(range(begin, begin + len(sentence)))
        cut = [(sorted(covered & here), label) for covered, label in chosen if covered & here]
        pieces = [(tokens[part[0]][0], tokens[part[-1]][1], label) for part, label in cut]
        tags.append(encode(sentence, pieces))
        begin += len(sentence)
    return tags


@settings(max_examples=200, deadline=None)
@given(divided())
def test_one_walk_over_the_spans_writes_the_tags_of_a_look_at_each(
    both: tuple[Document, Document],
) -> None:
    gold, predicted = both

    (tagged,) = METRIC.tags([gold], [predicted])

    assert tagged.gold == slowly_tagged(gold, gold)
    assert tagged.predicted == slowly_tagged(predicted, gold)


def test_a_span_over_a_sentence_without_a_syllable_is_cut_around_it() -> None:
    text = "Nga  Mỹ"
    parts = (Span(0, 3), Span(3, 5), Span(5, 7))
    gold = Document("d", text=text, sentences=parts, mentions=(Mention(0, 7, "GPE"),))

    (tagged,) = METRIC.tags([gold], [])

    assert tagged.gold == [["B-GPE"], [], ["B-GPE"]]


def test_gold_without_text_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"\$\.text: a gold document must have its text"):
        METRIC.counts([replace(GOLD, text=None)], [])


def test_overlapping_sentences_are_refused() -> None:
    with pytest.raises(InvalidError, match=r"sentences must not overlap, but \[0, 9\)"):
        METRIC.counts([replace(GOLD, sentences=(Span(5, 20), Span(0, 9)))], [])


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(
        UnknownNameError, match=r"mode in tags\.seqeval 'lenient'; known: default, strict"
    ):
        SeqevalTags(TypeView(), mode="lenient")  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ["IOB1", "IOE1", "IOE2", "IOBES", "BILOU"])
def test_tags_of_any_scheme_are_made_and_read_back(scheme: str) -> None:
    prediction = replace(GOLD, mentions=(GOLD.mentions or ())[:2])

    plain = metric("tags.seqeval", view=TypeView()).counts([GOLD], [prediction])
    strict = metric(f"tags.seqeval(mode=strict,scheme={scheme})", view=TypeView())

    assert strict.counts([GOLD], [prediction]).exact() == plain.exact()


def test_words_bear_tags_where_asked() -> None:
    pytest.importorskip("underthesea")
    by_word = metric("tags.seqeval(tokens=word)", view=TypeView())

    assert by_word.counts([GOLD], [GOLD]).exact()["micro"].f1 == 1
    assert str(by_word.parameters["unit"]).startswith("underthesea ")
