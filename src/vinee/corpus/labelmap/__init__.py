"""Label maps: other people's labels under the names that a score or a format needs.

A map is a list of pairs, ``SOURCE=TARGET``. ``SOURCE=`` and ``SOURCE=null`` drop what bears the
label. ``entity:``, ``event:`` or ``role:`` before the source says which labels are meant; without
it an entity label is meant if the documents have one of that name, else an event type, else a
role. All pairs are applied at once: of ``A=B`` and ``B=C``, what was ``A`` is ``B`` in the end.
A map may be partial: labels that it does not name stay. ``X=X`` says that ``X`` is meant.
"""

from __future__ import annotations

from vinee.corpus.labelmap.applying import Applied, Mapped, apply, relocated
from vinee.corpus.labelmap.reading import KINDS, LabelMap, Rule, of, parse, read

__all__ = [
    "KINDS",
    "Applied",
    "LabelMap",
    "Mapped",
    "Rule",
    "apply",
    "of",
    "parse",
    "read",
    "relocated",
]
