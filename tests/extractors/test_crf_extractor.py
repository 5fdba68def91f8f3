from __future__ import annotations

import sys
import tempfile
import unicodedata
from importlib import metadata
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee import ontology
from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.crf import CrfExtractor
from vinee.extractors.features import features, shape
from vinee.model import Document, Event, Mention, Span
from vinee.text import syllables

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = ("Lan", "Minh", "Hoa", "Tuấn")
CITIES = ("Huế", "Vinh", "Paris", "London")


def visit(doc_id: str, person: str, city: str) -> Document:
    """Give a document of one sentence: a person, the trigger `thăm`, a city."""
    text = f"Bà {person} thăm {city} hôm qua."
    trigger, place = text.index("thăm"), text.index(city)
    return Document(
        doc_id,
        text=text,
        mentions=(
            Mention(3, 3 + len(person), "PER"),
            Mention(place, place + len(city), "GPE"),
            Mention(0, 2, "PER", level="PRO"),
        ),
        events=(Event("Diplomacy.Visit", Span(trigger, trigger + len("thăm"))),),
    )


TRAINING = [visit(f"d{n}", *pair) for n, pair in enumerate(zip(PEOPLE, CITIES, strict=True))]
UNSEEN = Document("unseen", text="Bà Ngọc thăm Madrid hôm qua.")


@pytest.fixture(scope="module")
def fitted() -> CrfExtractor:
    return CrfExtractor().fit(TRAINING)


def test_names_and_triggers_of_an_unseen_sentence_are_found(fitted: CrfExtractor) -> None:
    (predicted,) = fitted.extract([UNSEEN])

    assert [(m.text, m.type, m.level, m.id) for m in predicted.mentions or ()] == [
        ("Ngọc", "PER", "NAM", "m1"),
        ("Madrid", "GPE", "NAM", "m2"),
    ]
    assert predicted.events == (Event("Diplomacy.Visit", Span(8, 12, "thăm"), id="ev1"),)


def test_time_expressions_and_entities_are_not_claimed_as_annotated(fitted: CrfExtractor) -> None:
    (predicted,) = fitted.extract([UNSEEN])

    assert (predicted.timexes, predicted.entities) == (None, None)


def test_a_decomposed_text_gives_its_own_offsets(fitted: CrfExtractor) -> None:
    text = unicodedata.normalize("NFD", str(UNSEEN.text))

    (predicted,) = fitted.extract([Document("nfd", text=text)])

    assert [m.text for m in predicted.mentions or ()] == [
        unicodedata.normalize("NFD", "Ngọc"),
        "Madrid",
    ]


def test_fitting_leaves_the_extractor_as_it_was() -> None:
    extractor = CrfExtractor()

    extractor.fit(TRAINING)

    assert extractor.trained_on.startswith("nothing yet")
    with pytest.raises(ExtractorError, match=r"not fitted; call fit\(documents\)"):
        extractor.extract([UNSEEN])


def test_fitting_again_forgets_what_was_learnt_before(fitted: CrfExtractor) -> None:
    again = fitted.fit(TRAINING[:2])

    assert again.trained_on == "only the documents that it was fitted on: d0, d1"
    assert fitted.trained_on == "only the documents that it was fitted on: d0, d1, d2, d3"


def test_a_label_of_the_held_out_document_alone_is_never_predicted() -> None:
    """The unseen document's gold is given to nobody, so its label cannot come out."""
    text = "Bà Ngọc thăm Kyodo hôm qua."
    held_out = Document("held", text=text, mentions=(Mention(13, 18, "MEDIA"),), events=())

    (predicted,) = CrfExtractor().fit(TRAINING).extract([held_out])

    assert {m.type for m in predicted.mentions or ()} <= {"PER", "GPE"}


def test_two_trainings_give_the_same_model_byte_for_byte(fitted: CrfExtractor) -> None:
    again = CrfExtractor().fit(TRAINING)

    assert (again._names, again._triggers) == (fitted._names, fitted._triggers)  # noqa: SLF001  the bytes have no public name


def test_of_nested_names_the_outermost_is_learnt() -> None:
    nested = [
        Document(
            f"d{n}",
            text=f"Ngân hàng {city} đóng cửa.",
            mentions=(
                Mention(10, 10 + len(city), "GPE"),
                Mention(0, 10 + len(city), "ORG"),
            ),
            events=(),
        )
        for n, city in enumerate(CITIES)
    ]

    (predicted,) = (
        CrfExtractor().fit(nested).extract([Document("new", text="Ngân hàng Roma đóng cửa.")])
    )

    assert [(m.text, m.type) for m in predicted.mentions or ()] == [("Ngân hàng Roma", "ORG")]


def test_no_model_file_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    CrfExtractor().fit(TRAINING)

    assert list(tmp_path.iterdir()) == []


def test_nothing_to_learn_from_is_an_error() -> None:
    with pytest.raises(ExtractorError, match="no documents to learn from"):
        CrfExtractor().fit([])


def test_documents_without_any_annotation_are_nothing_to_learn_from() -> None:
    with pytest.raises(ExtractorError, match=r"no documents to learn from.*got 1 with neither"):
        CrfExtractor().fit([UNSEEN])


def test_names_are_learnt_where_events_were_not_annotated(fitted: CrfExtractor) -> None:
    names_only = CrfExtractor().fit([replace(each, events=None) for each in TRAINING])

    (predicted,) = names_only.extract([UNSEEN])

    assert predicted.events is None
    assert predicted.mentions == fitted.extract([UNSEEN])[0].mentions
    assert names_only.trained_on == (
        "only the documents that it was fitted on: for names d0, d1, d2, d3; "
        "for event triggers none, so it predicts no events"
    )


def test_events_are_learnt_where_names_were_not_annotated(fitted: CrfExtractor) -> None:
    triggers_only = CrfExtractor().fit([replace(each, mentions=None) for each in TRAINING])

    (predicted,) = triggers_only.extract([UNSEEN])

    assert predicted.mentions is None
    assert predicted.events == fitted.extract([UNSEEN])[0].events
    assert "for names none, so it predicts no mentions" in triggers_only.trained_on


def test_a_layer_that_was_not_annotated_is_not_learnt_as_empty(fitted: CrfExtractor) -> None:
    """Were it, the names of these documents would be learnt as no names."""
    unannotated = [
        Document(f"u{n}", text=each.text, events=each.events) for n, each in enumerate(TRAINING)
    ]

    (predicted,) = CrfExtractor().fit([*TRAINING, *unannotated]).extract([UNSEEN])

    assert predicted.mentions == fitted.extract([UNSEEN])[0].mentions


def test_training_data_without_any_label_predicts_nothing() -> None:
    fitted = CrfExtractor().fit([Document("d", text="Trời mưa.", mentions=(), events=())])

    (predicted,) = fitted.extract([UNSEEN])

    assert (predicted.mentions, predicted.events) == ((), ())


def test_a_missing_package_names_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pycrfsuite", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[baselines\]'"):
        CrfExtractor().fit(TRAINING)


def test_without_the_package_there_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)

    with pytest.raises(MissingExtraError, match="'python-crfsuite' is not installed"):
        _ = CrfExtractor().version


def test_the_version_names_the_package_and_the_parameters() -> None:
    expected = f"python-crfsuite {metadata.version('python-crfsuite')} (lbfgs,c1=0.1,"

    assert CrfExtractor().version.startswith(expected)


def test_claims_are_those_of_the_ontology() -> None:
    claims = CrfExtractor().claims

    assert claims.events == ontology.default().event_labels
    assert set(claims.entities) <= set(ontology.default().fine_labels)
    assert claims.roles == ()


def test_a_syllable_is_described_by_itself_and_its_neighbours() -> None:
    text = "Bà Lan đến."
    second = features(text, syllables(text))[1]

    assert {"form=Lan", "lower[-1]=bà", "lower[1]=đến", "shape[0]=Xx", "pair[-1]=bà_lan"} <= set(
        second
    )


@pytest.mark.parametrize(
    ("form", "expected"),
    [("Mỹ", "Xx"), ("NATO", "X"), ("7/8", "0/0"), ("2025", "0"), ("G20", "X0")],
)
def test_shapes_are_shortened(form: str, expected: str) -> None:
    assert shape(form) == expected


@settings(max_examples=50, deadline=None)
@given(
    text=st.lists(st.sampled_from(["Bà", "Hoà", "Lan", "thăm", "."]) | st.text(max_size=5)).map(
        " ".join
    )
)
def test_every_span_covers_its_text_and_none_overlap(fitted: CrfExtractor, text: str) -> None:
    (predicted,) = fitted.extract([Document("a", text=text)])

    mentions = predicted.mentions or ()
    assert [m.text for m in mentions] == [text[m.start : m.end] for m in mentions]
    assert all(first.end <= second.start for first, second in pairwise(mentions))
