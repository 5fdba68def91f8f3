"""What can be scored of a gold in which one trigger stands for several events."""

from __future__ import annotations

import pytest

from vinee.bench import scoring
from vinee.bench.claims import SystemClaims
from vinee.bench.result import System
from vinee.model import Argument, Chain, Document, Event, Span

TEXT = "Lào và Hoa bị tấn công."
ATTACK = Span(14, 22, "tấn công")
ON_LAOS = Event("Attack", ATTACK, "E1", (Argument("Target", span=Span(0, 3)),))
ON_HOA = Event("Attack", ATTACK, "E2", (Argument("Target", span=Span(7, 10)),))
TWO = Document("a", TEXT, events=(ON_LAOS, ON_HOA))


def scores(*predicted: Event) -> dict[str, float | None]:
    found = scoring.score([Document("a", events=predicted)], "events", gold=[TWO])
    return {each.name: each.all.micro.recall for each in found.metrics}


def test_two_events_of_one_trigger_and_type_are_perfect_against_themselves() -> None:
    assert set(scores(ON_LAOS, ON_HOA).values()) == {1.0}


def test_their_triggers_are_one_and_their_arguments_are_counted_together() -> None:
    found = scores(ON_HOA)

    assert (found["events.TC"], found["events.AC+"]) == (1.0, 0.5)


@pytest.mark.parametrize("torn", ["gold", "predicted"])
def test_chains_that_part_them_are_not_scored_and_the_reason_is_told(torn: str) -> None:
    def document(second: str) -> Document:
        events = tuple(
            Event(each.type, each.trigger, each.id, each.arguments, chain=chain)
            for each, chain in ((ON_LAOS, "c1"), (ON_HOA, second))
        )
        return Document("a", TEXT, events=events, chains=(Chain("c1"), Chain("c2")))

    sides = {"gold": document("c1"), "predicted": document("c1"), torn: document("c2")}

    found = scoring.score([sides["predicted"]], "event_coref", gold=[sides["gold"]])

    (skipped,) = found.skipped
    assert skipped.why == (
        f"the {torn} document 'a' has two events Attack at [14, 22) in the chains 'c1' and 'c2', "
        "which scores of chains cannot tell apart"
    )


EVENTS = System("mine", claims=SystemClaims(events=("Attack",)))


@pytest.mark.parametrize("system", [None, EVENTS], ids=["no claims", "claims"])
def test_a_layer_that_no_prediction_has_is_not_scored_whatever_was_claimed(
    system: System | None,
) -> None:
    found = scoring.score([Document("a")], "events", gold=[TWO], system=system)

    assert [each.why for each in found.skipped] == ["no prediction has the layer 'events'"]
    assert found.metrics == ()


@pytest.mark.parametrize("system", [None, EVENTS], ids=["no claims", "claims"])
def test_an_empty_layer_was_looked_for_and_scores_zero(system: System | None) -> None:
    found = scoring.score([Document("a", events=())], "events", gold=[TWO], system=system)

    assert {each.all.micro.f1 for each in found.metrics} == {0.0}
