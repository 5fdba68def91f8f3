from __future__ import annotations

import functools
import hashlib
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from vinee import ontology
from vinee.errors import ExtractorError
from vinee.extractors import CallableExtractor, Claims, Extractor
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "Hà Nội và Huế"
DOCUMENT = Document("a", text=TEXT)


def wrapping(items: object) -> CallableExtractor:
    function: Callable[[str], Any] = lambda _: items  # noqa: E731  the shortest callable there is
    return CallableExtractor(function, "mine")


def test_triples_become_mentions_in_the_order_of_the_text() -> None:
    extractor = wrapping([(10, 13, "GPE"), (0, 6, "GPE")])

    (predicted,) = extractor.extract([Document("a", text=TEXT)])

    assert predicted == Document(
        "a",
        mentions=(
            Mention(0, 6, "GPE", text="Hà Nội", id="m1"),
            Mention(10, 13, "GPE", text="Huế", id="m2"),
        ),
    )


def test_layers_that_a_callable_does_not_make_stay_unannotated() -> None:
    (predicted,) = wrapping([]).extract([Document("a", text=TEXT)])

    assert (predicted.mentions, predicted.timexes, predicted.events) == ((), None, None)


def test_offsets_from_numpy_are_as_good_as_ints() -> None:
    extractor = wrapping([(np.int64(0), np.int64(6), "GPE")])

    (predicted,) = extractor.extract([Document("a", text=TEXT)])

    assert predicted.mentions == (Mention(0, 6, "GPE", text="Hà Nội", id="m1"),)


@pytest.mark.parametrize(
    ("item", "complaint"),
    [
        ("GPE", "must be a triple"),
        ((0, 6), "must be a triple"),
        ((0, 6, "GPE", 0.9), "must be a triple"),
        ((0.0, 6, "GPE"), "must be an int"),
        (("0", 6, "GPE"), "must be an int"),
        ((False, 6, "GPE"), "must be an int"),
        ((0, 14, "GPE"), "text of 13 code points"),
        ((-6, 3, "GPE"), "text of 13 code points"),
        ((3, 3, "GPE"), "must not be empty"),
        ((6, 0, "GPE"), "must not be empty"),
        ((0, 6, "CITY"), "label must be one of"),
        ((0, 6, None), "label must be one of"),
    ],
)
def test_an_item_that_breaks_the_contract_is_named(item: object, complaint: str) -> None:
    extractor = wrapping([(10, 13, "GPE"), item])

    with pytest.raises(ExtractorError) as caught:
        extractor.extract([Document("a", text=TEXT)])

    message = str(caught.value)
    assert complaint in message
    assert "extractor 'mine', document 'a', item 1" in message
    assert repr(item) in message
    assert "return" in message


def test_what_cannot_be_iterated_is_named() -> None:
    with pytest.raises(ExtractorError, match="'mine', document 'a': the callable must return an"):
        wrapping(None).extract([Document("a", text=TEXT)])


def test_a_document_without_text_is_named() -> None:
    with pytest.raises(ExtractorError, match="document 'a' has no text"):
        wrapping([]).extract([Document("a")])


def test_without_claims_nobody_said_what_it_gives() -> None:
    claims = Claims(entities=ontology.default().fine_labels, declared=False)

    assert wrapping([]).claims == claims


def test_without_claims_coarse_labels_are_taken_too() -> None:
    (found,) = wrapping([(0, 2, "MISC")]).extract([DOCUMENT])

    assert [each.type for each in found.mentions or ()] == ["MISC"]


def test_coarse_labels_may_stand_beside_those_that_a_map_renames() -> None:
    mapped = wrapping([(0, 2, "MISC")]).with_labels((*ontology.default().fine_labels, "PERSON"))

    (found,) = mapped.extract([DOCUMENT])

    assert [each.type for each in found.mentions or ()] == ["MISC"]


def test_a_gold_of_other_labels_has_no_coarse_ones() -> None:
    other = wrapping([(0, 2, "MISC")]).with_labels(("LAND",))

    with pytest.raises(ExtractorError, match="label must be one of LAND "):
        list(other.extract([DOCUMENT]))


def test_other_labels_are_taken_where_they_are_claimed() -> None:
    coarse = Claims(entities=("LOC", "MISC"), scheme="coarse")
    extractor = CallableExtractor(lambda _: [(0, 6, "MISC")], "mine", coarse)

    (predicted,) = extractor.extract([Document("a", text=TEXT)])

    assert predicted.mentions is not None
    assert predicted.mentions[0].type == "MISC"


def test_it_fulfils_the_contract() -> None:
    assert isinstance(wrapping([]), Extractor)


def whole_text(text: str) -> list[tuple[int, int, str]]:
    return [(0, len(text), "GPE")]


def test_the_version_of_a_function_is_that_of_the_file_that_defines_it() -> None:
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()

    assert CallableExtractor(whole_text, "mine").version == f"source-{digest[:12]}"


def test_a_function_that_its_file_does_not_decide_has_no_version() -> None:
    def within(text: str) -> list[tuple[int, int, str]]:
        return [(0, len(text), "GPE")]

    class Model:
        def __call__(self, text: str) -> list[tuple[int, int, str]]:
            return whole_text(text)

    for function in (
        within,
        wrapping([]).function,
        Model(),
        functools.partial(whole_text),
    ):
        assert CallableExtractor(function, "mine").version == "unknown"


def test_a_function_whose_file_is_gone_has_no_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vanishing.py").write_text("def tag(text):\n    return []\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    tag = importlib.import_module("vanishing").tag
    (tmp_path / "vanishing.py").unlink()
    monkeypatch.delitem(sys.modules, "vanishing")

    assert CallableExtractor(tag, "mine").version == "unknown"
