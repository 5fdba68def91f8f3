from __future__ import annotations

from msgspec.structs import replace
from small_documents import SUMMIT, TypeView, mention

from vinee.metrics.ner import Boundary, NerStrict
from vinee.model import Document, Mention

# "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump ..."
RUSSIA = mention(SUMMIT, "Nga", "GPE")
PUTIN = mention(SUMMIT, "Vladimir Putin", "PER")
TRUMP = mention(SUMMIT, "Donald Trump", "PER")
PRESIDENT = mention(SUMMIT, "Tổng thống Nga", "TITLE")  # holds RUSSIA
GOLD = [Document(SUMMIT, mentions=(RUSSIA, PUTIN, TRUMP, PRESIDENT))]


def predict(*mentions: Mention) -> list[Document]:
    return [Document(SUMMIT, mentions=mentions)]


def strict(*mentions: Mention) -> dict[str, list[int]]:
    counts = NerStrict(TypeView()).counts(GOLD, predict(*mentions))
    return dict(zip(counts.labels, counts.total().tolist(), strict=True))


def boundary(*mentions: Mention) -> list[int]:
    counts = Boundary(TypeView()).counts(GOLD, predict(*mentions))
    assert counts.labels == ("span",)
    return [int(number) for number in counts.total()[0]]


def test_nested_mentions_are_each_scored() -> None:
    assert strict(PRESIDENT, RUSSIA) == {"GPE": [1, 1, 1], "PER": [0, 0, 2], "TITLE": [1, 1, 1]}


def test_an_end_that_is_off_by_one_is_wrong() -> None:
    assert strict(replace(PUTIN, end=PUTIN.end + 1))["PER"] == [0, 1, 2]


def test_a_start_that_is_off_by_one_is_wrong() -> None:
    assert strict(replace(PUTIN, start=PUTIN.start - 1))["PER"] == [0, 1, 2]


def test_a_wrong_type_is_a_false_positive_of_its_type_and_a_miss_of_golds() -> None:
    assert strict(replace(RUSSIA, type="LOC")) == {
        "GPE": [0, 0, 1],
        "LOC": [0, 1, 0],
        "PER": [0, 0, 2],
        "TITLE": [0, 0, 1],
    }


def test_a_wrong_type_has_the_right_boundary() -> None:
    assert boundary(replace(RUSSIA, type="LOC")) == [1, 1, 4]


def test_boundary_joins_two_labels_on_one_span() -> None:
    assert boundary(PUTIN, replace(PUTIN, type="ORG")) == [1, 1, 4]


def test_labels_of_the_view_are_there_though_they_do_not_occur() -> None:
    view = TypeView()
    view.labels = ("FAC",)

    assert NerStrict(view).counts(GOLD, []).labels == ("FAC", "GPE", "PER", "TITLE")


def test_parameters_state_view_and_policies() -> None:
    assert NerStrict(TypeView()).parameters == {
        "view": "type",
        "unit": "char",
        "match": "strict",
        "nested": "allowed",
        "duplicates": "collapse",
        "label": "compared",
    }
