"""An annotator among the systems: the pass as handed in, for the articles of the corpus only."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from vinee import resources
from vinee.corpus import gold, quoted
from vinee.errors import ExtractorError
from vinee.extractors import contract
from vinee.extractors.annotator import AnnotatorExtractor
from vinee.model import Document

PILOT = resources.root() / "annotations" / "passes" / "p1"
ARTICLE = next(d for d in gold.documents() if d.doc_id.startswith("001"))
BARE = Document(ARTICLE.doc_id, text=ARTICLE.text, sentences=ARTICLE.sentences)


def test_the_annotator_that_the_edition_names_is_a_system() -> None:
    annotator = AnnotatorExtractor()

    contract.check(annotator)
    assert annotator.name == f"annotator {gold.edition().ceiling.annotator}"
    assert annotator.version == "guidelines 1.1"
    assert annotator.trained_on == gold.edition().ceiling.about


def test_it_gives_what_was_handed_in() -> None:
    (given,) = AnnotatorExtractor(PILOT).extract([BARE])

    (resolved,) = quoted.resolved(PILOT)
    assert given == msgspec.structs.replace(resolved, text=None, sections=None, sentences=None)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (Document("other", text="Lào."), "did not annotate it"),
        (Document(ARTICLE.doc_id, text="Lào."), "annotated another text"),
        (Document(ARTICLE.doc_id), "has no text"),
    ],
)
def test_other_texts_are_refused(document: Document, message: str) -> None:
    with pytest.raises(ExtractorError, match=message):
        AnnotatorExtractor(PILOT).extract([document])


def test_folder_without_passes_is_told(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="there is no pass"):
        AnnotatorExtractor(tmp_path).extract([BARE])
