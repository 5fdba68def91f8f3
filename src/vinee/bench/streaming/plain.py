"""Documents in which nothing is wrong, told from all others in one or two passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from vinee.bench.streaming.lines import UsualDocument
    from vinee.model import Document

    Coded = tuple[int, int, int]


def covers(document: UsualDocument, text: str) -> bool:
    """Tell whether each mention's text is what stands at its offsets, in code points."""
    # A list, since a generator takes half as long again, and there is nearly never anything in it.
    return not [each for each in document.mentions if text[each.start : each.end] != each.text]


def spans(
    document: Document, text: str, codes: Mapping[str, int], levels: Collection[str]
) -> set[Coded] | None:
    """Return a document's mentions if it passes all checks for certain.

    A document passes if it has no annotations but mentions, these neither extents nor entities,
    and every check of `vinee.corpus.checks.CONTENT` is content with them: spans lie in the text
    and cover what they say, labels are known, ids are neither empty nor repeated, and no span has
    one label twice.

    Args:
        document: A prediction; its own text is not looked at.
        text: The text in which its offsets count, in code points.
        codes: A number for each known label.
        levels: Levels of mentions that are wanted.

    Returns:
        Start, end and code of the label of each mention of these levels; or None, of which
        nothing follows.
    """
    if (
        document.events
        or document.timexes
        or document.entities
        or document.chains
        or document.sections
        or document.sentences
    ):
        return None
    mentions = document.mentions or ()
    length = len(text)
    found: set[Coded] = set()
    unwanted: set[Coded] = set()
    ids: list[str] = []
    for each in mentions:
        start, end, code = each.start, each.end, codes.get(each.type)
        if (
            code is None
            or not 0 <= start < end <= length
            or (each.text is not None and each.text != text[start:end])
            or each.extent is not None
            or each.entity is not None
        ):
            return None
        found.add((start, end, code))
        if each.id is not None:
            ids.append(each.id)
        if each.level not in levels:
            unwanted.add((start, end, code))
    if len(found) < len(mentions) or len(set(ids)) < len(ids) or "" in ids:
        return None
    return found - unwanted
