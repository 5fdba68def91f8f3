"""Names that brat knows for ours, and the lines that hold them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import get_args

from vinee import ontology
from vinee.model import GpeRole, Level, Modality, Polarity, Realis, TimexMod, TimexType

TIMEX = ontology.TIMEX
SPAN = ontology.SPAN
EXTENT = "EXTENT"
RESERVED = (TIMEX, SPAN, EXTENT)

EXTENT_OF = "ExtentOf"
COREF = "Coref"
EVENT_COREF = "EventCoref"
NOTE = "AnnotatorNotes"
DOCUMENT_NOTE = "Document"  # the comment line that holds what concerns no single annotation
DOCUMENT_TARGET = "DOC"
WIKIDATA = "Wikidata"

# Attribute in brat: field of the model, and its values.
Attributes = Mapping[str, tuple[str, tuple[str, ...]]]
MENTION_ATTRIBUTES: Attributes = {
    "Level": ("level", get_args(Level)),
    "GpeRole": ("gpe_role", get_args(GpeRole)),
}
TIMEX_ATTRIBUTES: Attributes = {
    "TimexType": ("type", get_args(TimexType)),
    "TimexMod": ("mod", get_args(TimexMod)),
}
EVENT_ATTRIBUTES: Attributes = {
    "Polarity": ("polarity", get_args(Polarity)),
    "Realis": ("realis", get_args(Realis)),
    "Modality": ("modality", get_args(Modality)),
}

# All that brat may take for the end of a line; no annotation may hold one.
BREAKS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
LINE_BREAKS = re.compile(rf"[{BREAKS}]+")
_FOREIGN = re.compile(r"[^A-Za-z0-9_-]")


def brat_name(label: str, *, role: bool = False) -> str:
    """Write a label with the characters that brat allows in one.

    What would be one of our own names, or a role that ends in a digit, gets an underscore.
    """
    name = _FOREIGN.sub("-", label)
    free = name and name not in RESERVED and not (role and name[-1].isdigit())
    return name if free else f"{name}_"


@cache
def known_labels() -> Mapping[str, str]:
    """Give the ontology's labels by their names in brat."""
    labels = ontology.default()
    return {
        brat_name(label): label
        for label in (*labels.fine_labels, *labels.event_labels, *labels.role_labels)
    }


def one_line_json(value: object) -> str:
    """Write JSON that no reader breaks into lines."""
    written = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return LINE_BREAKS.sub(
        lambda found: "".join(f"\\u{ord(character):04x}" for character in found[0]), written
    )
