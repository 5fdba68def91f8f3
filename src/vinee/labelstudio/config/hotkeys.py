"""Which key selects which label: digits for entity types, letters for the rest.

The editor has no two keys one after the other, and gives each label without a key the next single
one that is free, by an order of its own; so here every single key is given out, by rule.
"""

from __future__ import annotations

import string
from collections import Counter
from typing import TYPE_CHECKING

from vinee.formats.label_studio import controls
from vinee.labelstudio.config.labels import Label, choices, labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.ontology import Ontology

# The editor's own keys where a text is annotated: keymap of Label Studio 1.23, and its list of
# tasks. On a Mac Ctrl is Command.
RESERVED = frozenset(
    {
        *("u", "enter", "escape", "backspace", "delete"),
        *("ctrl+enter", "ctrl+space", "ctrl+z", "ctrl+shift+z", "ctrl+backspace"),
        *("ctrl+h", "ctrl+d", "alt+r", "alt+h", "alt+l", "alt+m", "alt+.", "alt+enter"),
        *("shift+r", "shift+1", "shift+2", "shift+.", "ctrl+shift+a"),
        *("shift+up", "shift+down", "shift+left", "shift+right"),
    }
)
# What the editor gives to labels without a key.
AUTOMATIC = "1234567890qwetasdfgzxcvbyiopjklnm"
FILTER = "f"
_DIGITS = "1234567890"
# Before the events, which are too many: what is chosen for each region comes first.
_ORDER = (
    controls.REALIS,
    controls.POLARITY,
    controls.SPAN,
    controls.TIMEX,
    controls.LEVEL,
    controls.GPE_ROLE,
    controls.MODALITY,
)


def hotkeys(ontology: Ontology) -> Mapping[Label, str]:
    """Give labels and choices their keys, each key once; who gets none is not in the answer.

    Entity types have the digits in the order of the ontology, the extent has 0. All else has a
    letter, one of its own name where that is free. Of the event types, which get the rest of the
    letters and Shift with a letter, those come first that have most examples in the ontology,
    for what needs more examples is met more often, and of them those of the larger group.
    """
    regions = labels(ontology)
    mentions = _of(regions, controls.MENTION)
    found = dict(zip(mentions, _DIGITS[:-1], strict=False))
    found[_of(regions, controls.EXTENT)[0]] = _DIGITS[-1]
    free = [key for key in AUTOMATIC if key != FILTER and key not in found.values()]
    every = (*regions, *choices(ontology))
    for control in _ORDER:
        _give(found, free, _of(every, control))
    events = by_use(_of(regions, controls.TRIGGER))
    shifted = [f"shift+{letter}" for letter in string.ascii_lowercase]
    free += [key for key in shifted if key not in RESERVED]
    _give(found, free, (*mentions, *events, *_of(every, controls.TIMEX_MOD)))
    return found


def by_use(events: Sequence[Label]) -> list[Label]:
    """Order event types by how many examples they have, then by the size of their group."""
    sizes = Counter(event.group for event in events)
    return sorted(events, key=lambda event: (-event.examples, -sizes[event.group]))


def _of(every: Iterable[Label], control: str) -> list[Label]:
    return [label for label in every if label.control == control]


def _give(found: dict[Label, str], free: list[str], wanting: Iterable[Label]) -> None:
    for label in wanting:
        if label not in found and free:
            key = _fitting(label, free)
            free.remove(key)
            found[label] = key


def _fitting(label: Label, free: list[str]) -> str:
    for letter in label.short.lower():
        for key in (letter, f"shift+{letter}"):
            if key in free:
                return key
    return free[0]
