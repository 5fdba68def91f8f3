"""Checks on consistency: what is a name once is a name, and of the same type, everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from vinee.corpus.checks.enclosing import Enclosing
from vinee.text import ground

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding


def names_are_marked_everywhere(context: Context) -> Iterator[Finding]:
    """``name-missed``: a string that is a name once is annotated wherever it stands.

    Matches are exact and end at syllable boundaries. Inside a longer name of the same type it
    is a part of that name (`Putin` in `Vladimir Putin`) and need not be marked; inside one of
    another type it is a nested name (M3).
    """
    marked: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    names = [m for m in context.document.mentions or () if m.level == "NAM"]
    for mention in names:
        if 0 <= mention.start < mention.end <= len(context.text):
            covered = context.text[mention.start : mention.end]
            marked[covered, mention.type].add((mention.start, mention.end))
    wholes = {label: Enclosing(m for m in names if m.type == label) for _, label in marked}
    for (name, label), spans in sorted(marked.items()):
        whole = wholes[label]
        for start, end in ground(context.text, name).matches:
            inside = whole.hold(start, end)
            if (start, end) not in spans and not inside and context.text[start:end] == name:
                yield context.finding(
                    "name-missed",
                    ("mentions",),
                    f"{name!r} is {label} elsewhere in this article, but not at [{start}, {end}): "
                    f"…{context.text[max(0, start - 20) : end + 20]!r}…; mark it there too",
                )


def names_keep_their_type(context: Context) -> Iterator[Finding]:
    """``name-type``: one string has one type within an article (M9)."""
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in context.document.mentions or ():
        if mention.level == "NAM":
            types[context.text[mention.start : mention.end]][mention.type] += 1
    for index, mention in enumerate(context.document.mentions or ()):
        name = context.text[mention.start : mention.end]
        if mention.level == "NAM" and len(types[name]) > 1:
            usual = types[name].most_common(1)[0][0]
            if mention.type != usual:
                yield context.finding(
                    "name-type",
                    ("mentions", index),
                    f"{name!r} is {mention.type} here, but mostly {usual}; "
                    "make the types agree if the same is meant",
                    "warning",
                )
