"""The short forms of a prediction, turned into the mentions of a full document.

``{"spans": [[0, 5, "PER"]]}`` has offsets, half-open, in code points of the text;
``{"strings": [["Putin", "PER"]]}`` has none, and is grounded; and so are those mentions of a full
document that come with ``text`` and without ``start`` and ``end``. Files of predictions and what
systems answer are read by the same rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats import diagnosis, keys, native
from vinee.text import ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vinee.model import Document

NO_TEXT = "no-text"
"""Code of the error that there is no text in which to look for strings."""

_SPAN = 3
_STRING = (2, 3)
_FORMS = ("spans", "strings")
_BESIDE = frozenset({"doc_id", "text", "meta"})
_OFFSETS = frozenset({"start", "end"})


def decoder(texts: Mapping[str, str]) -> Callable[[bytes, Where], Document]:
    """Return what decodes documents as `native.decode` does, and those in a short form too.

    Args:
        texts: The text of each ``doc_id``, for documents that come without their own.
    """

    def decode(content: bytes, where: Where) -> Document:
        try:
            return native.decode(content, where)
        except SchemaError:
            try:
                value = msgspec.json.decode(content)
            except (msgspec.DecodeError, RecursionError):
                value = None
            if not is_short(value):
                raise
            if twice := keys.find_twice(content, where):
                raise twice from None
            return checked(value, where, texts)

    return decode


def checked(value: object, where: Where, texts: Mapping[str, str]) -> Document:
    """Check a document as `native.checked` does, one in a short form too.

    Args:
        value: A document, or a mapping of its shape or in a short form.
        where: The place to name in errors.
        texts: The text of each ``doc_id``, for documents that come without their own.

    Raises:
        InputError: It is neither, or there is no text in which to look for its strings.
    """
    if not (isinstance(value, dict) and is_short(value)):
        return native.checked(value, where)
    given: dict[str, Any] = value
    place = diagnosis.named(given, where)
    return native.checked(full(given, lambda: _text(given, place, texts), place), where)


def is_short(value: object) -> bool:
    """Tell whether something is in a short form, or has mentions without offsets."""
    if not isinstance(value, dict):
        return False
    return any(form in value for form in _FORMS) or any(map(_is_bare, _mentions(value)))


def full(answer: Mapping[str, Any], text: Callable[[], str], where: Where) -> dict[str, Any]:
    """Give an object in the shape of a document; one that is in no short form as it is.

    How many strings were grounded, and how, is counted in ``meta.alignment``.

    Args:
        answer: The object that came.
        text: Gives the document's text; asked only where something has to be looked for.
        where: The place to name in errors.

    Raises:
        SchemaError: The short form is not what it must be.
    """
    form = next((key for key in _FORMS if key in answer), None)
    if form is None:
        return _with_offsets(answer, text, where)
    if others := sorted(answer.keys() - _BESIDE - {form}):
        problem = (
            f"an answer with {form!r} may hold 'doc_id', 'text' and 'meta' beside it "
            f"(got {', '.join(map(repr, others))} too); leave these out, or give a full document"
        )
        raise SchemaError("schema", where, problem)
    items = answer[form]
    if not isinstance(items, list | tuple):
        problem = f"{form!r} must be a list (got {items!r:.80})"
        raise SchemaError("schema", _at(where, f"$.{form}"), problem)
    kept = {key: answer[key] for key in answer.keys() & _BESIDE}
    if form == "spans":
        return {**kept, "mentions": [_span(item, where, n) for n, item in enumerate(items)]}
    strings = [_string(item, where, index) for index, item in enumerate(items)]
    spans, counts = _grounded([(string, place) for string, _, place in strings], text())
    mentions = [
        {"start": span[0], "end": span[1], "type": label}
        for span, (_, label, _) in zip(spans, strings, strict=True)
        if span is not None
    ]
    return {**kept, "mentions": mentions, "meta": _meta(answer, counts, where)}


def summed(documents: Iterable[Document]) -> dict[str, int]:
    """Sum ``meta.alignment`` over documents, in ascending order of what is counted."""
    sums: Counter[str] = Counter()
    for document in documents:
        counted = (document.meta or {}).get("alignment")
        if isinstance(counted, dict):
            sums.update({key: number for key, number in counted.items() if type(number) is int})
    return dict(sorted(sums.items()))


def _text(value: Mapping[str, Any], where: Where, texts: Mapping[str, str]) -> str:
    doc_id, own = value.get("doc_id"), value.get("text")
    if own is not None or not isinstance(doc_id, str):
        return own if isinstance(own, str) else ""  # what is wrong with these is told later
    if doc_id in texts:
        return texts[doc_id]
    problem = "it has strings without offsets, and there is no text in which to look for them"
    if texts:
        remedy = "none of those given is of this id; correct it, or add 'text' to the document"
    else:
        remedy = "add 'text' to the document, or give the texts with --texts"
    raise InvalidError(NO_TEXT, where, f"{problem}: {remedy}")


def _mentions(answer: Mapping[str, Any]) -> list[Any]:
    mentions = answer.get("mentions")
    return list(mentions) if isinstance(mentions, list | tuple) else []


def _is_bare(mention: object) -> bool:
    return (
        isinstance(mention, dict)
        and isinstance(mention.get("text"), str)
        and not mention.keys() & _OFFSETS
    )


def _with_offsets(
    answer: Mapping[str, Any], text: Callable[[], str], where: Where
) -> dict[str, Any]:
    """Ground those mentions that have no offsets; what cannot be grounded is left out."""
    mentions = _mentions(answer)
    bare = [each for each in mentions if _is_bare(each)]
    if not bare:
        return dict(answer)
    whole = text()
    spans, counts = _grounded([(each["text"], None) for each in bare], whole)
    found = iter(spans)
    placed = []
    for each in mentions:
        span = next(found) if _is_bare(each) else None
        if span is not None:
            placed.append({**each, "start": span[0], "end": span[1], "text": whole[slice(*span)]})
        elif not _is_bare(each):
            placed.append(each)
    return {**answer, "mentions": placed, "meta": _meta(answer, counts, where)}


def _meta(answer: Mapping[str, Any], counts: Mapping[str, int], where: Where) -> dict[str, Any]:
    meta = answer.get("meta")
    if not isinstance(meta, dict | None):
        problem = f"'meta' must be an object (got {meta!r:.80})"
        raise SchemaError("schema", _at(where, "$.meta"), problem)
    return {**(meta or {}), "alignment": dict(counts)}


def _span(item: object, where: Where, index: int) -> dict[str, Any]:
    if not isinstance(item, list | tuple) or len(item) != _SPAN:
        problem = (
            f"spans[{index}] must be [start, end, label] (got {item!r:.80}); "
            "give half-open code-point offsets of the text"
        )
        raise SchemaError("schema", where, problem)
    return {"start": item[0], "end": item[1], "type": item[2]}


def _grounded(
    strings: Iterable[tuple[str, int | None]], text: str
) -> tuple[list[tuple[int, int] | None], dict[str, int]]:
    """Bring strings onto the text.

    A string that is given as often as it stands in the text means each place once. One that is
    given less often is ambiguous: it means the first places. What is given more often than it
    stands there is not grounded. An index beside it, from 0, says which place is meant.
    """
    found = [(string, place, ground(text, string).matches) for string, place in strings]
    listed = Counter(matches for _, place, matches in found if matches and place is None)
    used: defaultdict[tuple[tuple[int, int], ...], int] = defaultdict(int)
    counts = Counter(exact=0, repaired=0, ambiguous=0, ungrounded=0)
    spans = []
    for string, place, matches in found:
        grounding = ground(text, string, used[matches] if place is None else place)
        if place is None:
            used[matches] += 1
        spans.append(grounding.span)
        unsure = place is None and listed[matches] < len(matches)
        is_guess = unsure and grounding.span is not None
        counts["ambiguous" if is_guess else grounding.status] += 1
    return spans, dict(counts)


def _string(item: object, where: Where, index: int) -> tuple[str, object, int | None]:
    if isinstance(item, list | tuple) and len(item) in _STRING and isinstance(item[0], str):
        place = item[2] if len(item) == max(_STRING) else None
        if place is None or type(place) is int:
            return item[0], item[1], place
    problem = (
        f"strings[{index}] must be [string, label] or [string, label, place] "
        f"(got {item!r:.80}); place counts from 0 where the string stands in the text"
    )
    raise SchemaError("schema", where, problem)


def _at(where: Where, path: str) -> Where:
    return Where(where.file, where.line, where.doc_id, path)
