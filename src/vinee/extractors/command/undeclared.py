"""What a system from outside is taken to say of itself where it says nothing."""

from __future__ import annotations

from typing import get_args

from vinee import ontology
from vinee.extractors.base import Claims
from vinee.model import Level

VERSION = "unknown"
TRAINED_ON = "unknown: nobody said what the system was trained on"


def claims() -> Claims:
    """Return claims that nobody made: every label, so that none is refused.

    What the system is scored on then follows from what it gave: a layer that it never gives is
    not scored, and neither are the fine labels where it uses coarse ones.
    """
    labels = ontology.default()
    return Claims(
        entities=labels.fine_labels,
        timexes=True,
        events=labels.event_labels,
        roles=labels.role_labels,
        levels=get_args(Level),
        chains=True,
        event_chains=True,
        links=True,
        declared=False,
    )
