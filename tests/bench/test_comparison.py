from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from small_gold import SUMMIT, find, gold, mention

from vinee.bench.claims import SystemClaims
from vinee.bench.comparison import Side, compare
from vinee.bench.result import System
from vinee.model import Argument, Document, Event, Mention, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Iterable

GOLD = gold()[0]
FINE = System("fine", claims=SystemClaims(("PER", "GPE", "ORG", "EVT")))
COARSE = System("coarse", claims=SystemClaims(("PER", "LOC", "ORG", "MISC"), scheme="coarse"))


def predict(mentions: Iterable[Mention] | None = None, *events: Event) -> Document:
    return Document(
        SUMMIT, mentions=None if mentions is None else tuple(mentions), events=events or None
    )


def outcomes(side: Side, kind: str = "mention") -> dict[str, str]:
    text = GOLD.text or ""
    return {
        f"{text[each.start : each.end]} {each.note.label}": each.note.outcome
        for each in side.spans
        if each.note.kind == kind
    }


def test_names_are_correct_missed_or_spurious() -> None:
    predicted = predict([mention(SUMMIT, "Vladimir Putin", "PER"), mention(SUMMIT, "Nga", "LOC")])

    found = compare(GOLD, predicted, FINE)

    assert outcomes(found.predicted) == {"Vladimir Putin PER": "correct", "Nga LOC": "spurious"}
    assert outcomes(found.gold) == {
        "Nga GPE": "missed",
        "Vladimir Putin PER": "correct",
        "Donald Trump PER": "missed",
        "hội nghị thượng đỉnh G20 EVT": "missed",
        "G20 ORG": "missed",
    }


def test_a_coarse_system_is_compared_by_coarse_types_of_outermost_names() -> None:
    predicted = predict([mention(SUMMIT, "Nga", "LOC")])

    found = compare(GOLD, predicted, COARSE)

    assert outcomes(found.predicted) == {"Nga LOC": "correct"}
    assert outcomes(found.gold)["G20 ORG"] == "unscored"


def test_mentions_that_are_no_names_are_not_scored() -> None:
    nominal = replace(mention(SUMMIT, "Nga", "GPE"), level="NOM")

    found = compare(replace(GOLD, mentions=(nominal,), events=()), predict([]), FINE)

    assert outcomes(found.gold) == {"Nga GPE NOM": "unscored"}


def test_a_layer_that_a_system_does_not_give_is_not_scored() -> None:
    found = compare(GOLD, predict([]), FINE)

    assert outcomes(found.gold, "trigger") == {"gặp Contact.Meet": "unscored"}
    assert outcomes(found.gold, "timex") == {"năm 2019 DATE": "unscored"}


def test_triggers_are_compared_by_span_and_type() -> None:
    wrong = Event("Contact.Contact", Span(*find(SUMMIT, "gặp")))

    found = compare(GOLD, predict(None, wrong), FINE)

    assert outcomes(found.gold, "trigger") == {"gặp Contact.Meet": "missed"}
    assert outcomes(found.predicted, "trigger") == {"gặp Contact.Contact": "spurious"}


def test_times_are_compared_by_span() -> None:
    predicted = Document(SUMMIT, timexes=(Timex(*find(SUMMIT, "năm 2019"), type="DURATION"),))

    found = compare(GOLD, predicted, FINE)

    assert outcomes(found.predicted, "timex") == {"năm 2019 DURATION": "correct"}


def test_arguments_are_written_out_with_what_became_of_them() -> None:
    putin, year = find(SUMMIT, "Vladimir Putin"), find(SUMMIT, "2019")
    meeting = Event(
        "Contact.Meet",
        Span(*find(SUMMIT, "gặp")),
        arguments=(
            Argument("Entity", span=Span(*putin)),
            Argument("Time", span=Span(*year), implicit=True),
        ),
    )

    event = compare(GOLD, predict(None, meeting), FINE).predicted.events[0]

    assert [(a.role, a.text, a.implicit, a.outcome) for a in event.arguments] == [
        ("Entity", "Vladimir Putin", False, "correct"),
        ("Time", "2019", True, "unscored"),
    ]


def test_arguments_of_gold_that_were_not_found_are_missed() -> None:
    meeting = Event("Contact.Meet", Span(*find(SUMMIT, "gặp")))

    event = compare(GOLD, predict(None, meeting), FINE).gold.events[0]

    assert (event.outcome, {a.outcome for a in event.arguments}) == ("correct", {"missed"})


def test_implicit_arguments_are_not_scored_on_either_side() -> None:
    putin = Argument("Entity", span=Span(*find(SUMMIT, "Vladimir Putin")))
    trigger = Span(*find(SUMMIT, "gặp"))
    implicit = Event("Contact.Meet", trigger, arguments=(replace(putin, implicit=True),))
    explicit = Event("Contact.Meet", trigger, arguments=(putin,))

    found = compare(replace(GOLD, events=(implicit,)), predict(None, explicit), FINE)

    assert [a.outcome for a in found.gold.events[0].arguments] == ["unscored"]
    assert [a.outcome for a in found.predicted.events[0].arguments] == ["spurious"]
