from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.errors import ExtractorError
from vinee.extractors import Claims, resolve
from vinee.extractors.models import GlinerExtractor, TransformersExtractor
from vinee.extractors.models.labels import table
from vinee.extractors.models.spec import LIBRARIES
from vinee.extractors.models.windows import windows


def test_unambiguous_names_need_no_pair() -> None:
    found = table(["PERSON", "Location", "ORGANIZATION", "MISCELLANEOUS"], {}, "x")

    assert found.targets == {
        "PERSON": "PER",
        "Location": "LOC",
        "ORGANIZATION": "ORG",
        "MISCELLANEOUS": "MISC",
    }
    assert found.claims == Claims(("PER", "LOC", "ORG", "MISC"), "coarse")


def test_what_may_mean_anything_is_dropped() -> None:
    found = table(["PER", "TITLE", "NORP", "DATE"], {}, "x")

    assert found.targets == {"PER": "PER"}
    assert found.dropped == ("DATE", "NORP", "TITLE")


def test_one_fine_label_makes_them_all_fine() -> None:
    found = table(["PER", "GPE", "LOC"], {}, "x")

    assert found.claims == Claims(("PER", "GPE", "LOC"), "fine")


def test_misc_has_no_place_beside_fine_labels() -> None:
    found = table(["PER", "GPE", "MISC"], {}, "x")

    assert found.targets == {"PER": "PER", "GPE": "GPE"}
    assert found.dropped == ("MISC",)


def test_a_pair_decides() -> None:
    found = table(["PER", "GPE", "MISC"], {"GPE": "LOC"}, "x")

    assert found.targets == {"PER": "PER", "GPE": "LOC", "MISC": "MISC"}
    assert found.scheme == "coarse"


def test_a_label_of_the_model_may_be_dropped() -> None:
    assert table(["PER", "LOC"], {"LOC": None}, "x").targets == {"PER": "PER"}


@pytest.mark.parametrize(
    ("known", "given_pairs", "match"),
    [
        (["PER"], {"PERSON": "PER"}, "the model has no label 'PERSON'; it has 'PER'"),
        (["PER"], {"PER": "HUMAN"}, "'HUMAN' in labels= is no label of the ontology"),
        (["A", "B"], {"A": "GPE", "B": "MISC"}, "which are of two label sets"),
        (["LABEL_0"], {}, "none of its labels is known to mean"),
        ([], {}, r"it has none\)"),
    ],
)
def test_a_map_that_cannot_be_is_refused(
    known: list[str], given_pairs: dict[str, str | None], match: str
) -> None:
    with pytest.raises(ExtractorError, match=match):
        table(known, given_pairs, "x")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(1, 9), max_size=40),
    st.integers(1, 20),
    st.integers(0, 20),
    st.integers(1, 12) | st.none(),
)
def test_windows_fit_and_together_decide_on_each_item_once(
    sizes: list[int], budget: int, overlap: int, most: int | None
) -> None:
    found = windows(sizes, budget, overlap, most)

    decided = [item for each in found for item in range(each.first, each.last)]
    assert decided == list(range(len(sizes)))
    for each in found:
        assert each.start <= each.first <= each.last <= each.stop
        assert sum(sizes[each.start : each.stop]) <= budget or each.stop == each.start + 1
        assert most is None or each.stop - each.start <= most


def test_neighbours_decide_on_halves_of_what_they_share() -> None:
    first, second = windows([1] * 12, budget=8, overlap=4)

    assert (first.start, first.stop, first.last) == (0, 8, 6)
    assert (second.start, second.stop, second.first) == (4, 12, 6)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_specification_without_a_model_is_refused(library: str) -> None:
    with pytest.raises(ExtractorError, match=f"{library}: names no model"):
        resolve(f"{library}:")


@pytest.mark.parametrize("system", [TransformersExtractor, GlinerExtractor])
def test_a_model_that_is_not_here_says_how_to_get_it(
    system: type[TransformersExtractor | GlinerExtractor],
) -> None:
    pytest.importorskip("huggingface_hub")

    with pytest.raises(ExtractorError, match=r"download it where there is a network \(hf download"):
        _ = system("nobody/nothing-here", local_files_only=True).folder


@pytest.mark.parametrize("path", ["./nothing", "/nothing", "~/nothing", "a/b/c"])
def test_a_folder_that_is_not_there_is_looked_for_nowhere_else(path: str) -> None:
    with pytest.raises(ExtractorError, match="there is no folder"):
        _ = TransformersExtractor(path).folder


def test_importing_the_adapters_loads_no_library() -> None:
    code = (
        "import sys\n"
        "import vinee.extractors.models\n"
        "print({'torch', 'transformers', 'spacy', 'stanza', 'gliner', 'huggingface_hub'}\n"
        "      & sys.modules.keys())\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
