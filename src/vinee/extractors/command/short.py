"""The short forms of an answer, turned into the mentions of a full one.

``{"spans": [[0, 5, "PER"]]}`` has offsets, half-open, in code points of the text;
``{"strings": [["Putin", "PER"]]}`` has none, and is grounded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from vinee.errors import ExtractorError
from vinee.text import ground

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPAN = 3
_STRING = (2, 3)
_BESIDE = frozenset({"doc_id", "meta"})


def full(answer: Mapping[str, Any], text: str, where: str) -> dict[str, Any]:
    """Give an answer in the shape of a document; one that is in no short form as it is.

    Args:
        answer: The object that came.
        text: The document's text.
        where: Extractor and document, for errors.

    Raises:
        ExtractorError: The short form is not what it must be.
    """
    form = next((key for key in ("spans", "strings") if key in answer), None)
    if form is None:
        return dict(answer)
    if others := sorted(answer.keys() - _BESIDE - {form}):
        raise ExtractorError(
            f"{where}: an answer with {form!r} may hold 'doc_id' and 'meta' beside it "
            f"(got {', '.join(map(repr, others))} too); leave these out, or give a full document"
        )
    items = answer[form]
    if not isinstance(items, list):
        raise ExtractorError(f"{where}: {form!r} must be a list (got {items!r:.80})")
    kept = {key: answer[key] for key in answer.keys() & _BESIDE}
    if form == "spans":
        return {**kept, "mentions": [_span(item, where, n) for n, item in enumerate(items)]}
    mentions, counts = _grounded(items, text, where)
    meta = kept.get("meta")
    if not isinstance(meta, dict | None):
        raise ExtractorError(f"{where}: 'meta' must be an object (got {meta!r:.80})")
    return {**kept, "mentions": mentions, "meta": {**(meta or {}), "alignment": counts}}


def _span(item: object, where: str, index: int) -> dict[str, Any]:
    if not isinstance(item, list) or len(item) != _SPAN:
        raise ExtractorError(
            f"{where}: spans[{index}] must be [start, end, label] (got {item!r:.80}); "
            "give half-open code-point offsets of the text"
        )
    return {"start": item[0], "end": item[1], "type": item[2]}


def _grounded(
    items: list[object], text: str, where: str
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Bring strings onto the text.

    A string that is given as often as it stands in the text means each place once. One that is
    given less often is ambiguous: it means the first places. What is given more often than it
    stands there is not grounded. An index after the label, from 0, says which place is meant.
    """
    strings = [_string(item, where, index) for index, item in enumerate(items)]
    found = [ground(text, string).matches for string, _, _ in strings]
    listed = Counter(
        matches
        for matches, (_, _, place) in zip(found, strings, strict=True)
        if matches and place is None
    )
    used: defaultdict[tuple[tuple[int, int], ...], int] = defaultdict(int)
    counts = Counter(exact=0, repaired=0, ambiguous=0, ungrounded=0)
    mentions = []
    for (string, label, place), matches in zip(strings, found, strict=True):
        wanted = used[matches] if place is None else place
        grounding = ground(text, string, wanted)
        if place is None:
            used[matches] += 1
        if grounding.span is None:
            counts["ungrounded"] += 1
            continue
        unsure = place is None and listed[matches] < len(matches)
        counts["ambiguous" if unsure else grounding.status] += 1
        start, end = grounding.span
        mentions.append({"start": start, "end": end, "type": label})
    return mentions, dict(counts)


def _string(item: object, where: str, index: int) -> tuple[str, object, int | None]:
    if isinstance(item, list) and len(item) in _STRING and isinstance(item[0], str):
        place = item[2] if len(item) == max(_STRING) else None
        if place is None or type(place) is int:
            return item[0], item[1], place
    raise ExtractorError(
        f"{where}: strings[{index}] must be [string, label] or [string, label, place] "
        f"(got {item!r:.80}); place counts from 0 where the string stands in the text"
    )
