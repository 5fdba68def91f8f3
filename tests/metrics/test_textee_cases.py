"""Cases on which scorers of events differ, with what TextEE's own scorer counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest
from small_documents import event

from vinee.metrics.events import PARTS, EventMetric
from vinee.model import Document, Event

MEET, SAY = (10, 13), (30, 33)
PUTIN, TRUMP = (0, 9), (14, 20)
Counted = Mapping[str, tuple[int, int, int]]
"""Correct, predicted and gold of each part."""


class Case(NamedTuple):
    """What TextEE's own scorer (`TextEE/scorer.py`, E2E) counts, run on the same events."""

    gold: list[Event]
    predicted: list[Event]
    counted: Counted


TEXTEE = {
    "one trigger predicted twice": Case(
        [event("Meet", MEET)],
        [event("Meet", MEET), event("Meet", MEET)],
        {"TI": (1, 1, 1), "TC": (1, 1, 1)},
    ),
    "one trigger of two types, the second predicted": Case(
        [event("Attack", MEET), event("Die", MEET)],
        [event("Die", MEET)],
        {"TI": (1, 1, 1), "TC": (1, 1, 2)},
    ),
    "one argument predicted with two roles": Case(
        [event("Move", MEET, ("Agent", *PUTIN))],
        [event("Move", MEET, ("Agent", *PUTIN), ("Theme", *PUTIN))],
        {"AI": (1, 1, 1), "AC": (1, 2, 1), "AI+": (1, 1, 1), "AC+": (1, 2, 1)},
    ),
    "arguments of two events of one type, exchanged": Case(
        [event("Meet", MEET, ("Entity", *PUTIN)), event("Meet", SAY, ("Entity", *TRUMP))],
        [event("Meet", MEET, ("Entity", *TRUMP)), event("Meet", SAY, ("Entity", *PUTIN))],
        {"AI": (2, 2, 2), "AC": (2, 2, 2), "AI+": (0, 2, 2), "AC+": (0, 2, 2)},
    ),
    "an argument of an event of the right type at a wrong trigger": Case(
        [event("Meet", MEET, ("Entity", *PUTIN))],
        [event("Meet", SAY, ("Entity", *PUTIN))],
        {"TI": (0, 1, 1), "TC": (0, 1, 1), "AC": (1, 1, 1), "AC+": (0, 1, 1)},
    ),
    "an argument given twice in one event": Case(
        [event("Meet", MEET, ("Entity", *PUTIN), ("Entity", *PUTIN))],
        [event("Meet", MEET, ("Entity", *PUTIN))],
        {"AI": (1, 1, 1), "AC": (1, 1, 1), "AI+": (1, 1, 1), "AC+": (1, 1, 1)},
    ),
}


@pytest.mark.parametrize("case", TEXTEE.values(), ids=TEXTEE.keys())
def test_counts_are_those_of_textee(case: Case) -> None:
    gold, predicted = (Document("d", events=tuple(side)) for side in case[:2])

    found = {
        part: tuple(EventMetric(part).counts([gold], [predicted]).total().sum(axis=0).tolist())
        for part in PARTS
        if part in case.counted
    }

    assert found == case.counted
