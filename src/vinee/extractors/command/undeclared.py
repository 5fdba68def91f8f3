"""What a system from outside is taken to say of itself where it says nothing."""

from __future__ import annotations

from vinee import ontology
from vinee.extractors.base import Claims

VERSION = "unknown"
TRAINED_ON = "unknown: nobody said what the system was trained on"


def claims() -> Claims:
    """Return claims of all that is scored: every fine label, times, and every event and role.

    It is then scored on everything, and where it gives nothing it misses. A system that speaks
    the coarse labels, or finds names only, has to say so.
    """
    labels = ontology.default()
    return Claims(
        entities=labels.fine_labels,
        timexes=True,
        events=labels.event_labels,
        roles=labels.role_labels,
    )
