"""Tags over tokens, in the six schemes: typed spans in, tags out, and back.

A tag is ``O``, or a prefix, a hyphen and a type, which may itself hold hyphens. The schemes say
which prefixes a chunk (the tokens of one span) is written with:

========  ===================  =====================  ============================================
scheme    one token            several tokens         remark
========  ===================  =====================  ============================================
IOB2      ``B``                ``B I … I``            Tjong Kim Sang and Veenstra 1999
IOBES     ``S``                ``B I … E``            also written with ``M`` for ``I``, ``W`` for
                                                      ``S``
BILOU     ``U``                ``B I … L``            Ratinov and Roth 2009
IOB1      ``I``                ``I I … I``            ``B`` first, right after a chunk of the type
IOE2      ``E``                ``I I … E``            Tjong Kim Sang and Veenstra 1999
IOE1      ``I``                ``I I … I``            ``E`` last, right before a chunk of the type
========  ===================  =====================  ============================================

Each scheme writes the same chunks in one way only. So what is wrong with tags is seen where
they differ from what the scheme writes for the chunks that are read from them; and reading
needs no scheme, for a prefix opens, continues or closes a chunk in all of them alike.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Scheme: TypeAlias = Literal["IOB2", "IOBES", "BILOU", "IOB1", "IOE2", "IOE1"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
"""In order of preference, where tags are written alike in several."""

UNTYPED = "_"
"""The type of a chunk whose tags have none, as seqeval names it."""

# The prefixes of a chunk of one token, and of the first, inner and last of several; what IOB1 and
# IOE1 write between two chunks of a type comes on top.
_SINGLE: Mapping[Scheme, str] = dict(zip(SCHEMES, "BSUIEI", strict=True))
_FIRST: Mapping[Scheme, str] = dict(zip(SCHEMES, "BBBIII", strict=True))
_LAST: Mapping[Scheme, str] = dict(zip(SCHEMES, "IELIEI", strict=True))
_PREFIXES: Mapping[Scheme, str] = dict(
    zip(SCHEMES, ("BI", "BIESMW", "BILU", "BI", "IE", "IE"), strict=True)
)
_VARIANTS: Mapping[Scheme, Mapping[str, str]] = {"IOBES": {"M": "I", "W": "S"}}
_OPENING, _CLOSING, _KNOWN = "BSUW", "ESULW", "BIESLUMW"


def encode(
    tokens: Sequence[tuple[int, int]],
    spans: Iterable[tuple[int, int, str]],
    scheme: Scheme = "IOB2",
) -> list[str]:
    """Write typed spans as tags.

    A span that starts or ends inside a token covers that token.

    Args:
        tokens: Half-open token spans in code points, ascending and disjoint.
        spans: ``(start, end, type)`` in any order.
        scheme: How to write them.

    Returns:
        One tag for each token, in IOB2 ``O``, ``B-type`` or ``I-type``.

    Raises:
        InvalidError: A span covers no token, or two spans share one, which tags cannot say.
    """
    starts = [start for start, _ in tokens]
    ends = [end for _, end in tokens]
    found: list[tuple[int, int, str]] = []
    reach = 0
    for start, end, kind in sorted(spans):
        first = bisect_right(ends, start)
        last = bisect_left(starts, end)
        if start >= end or first >= last:
            problem = f"span [{start}, {end}) of type {kind!r} covers no token; leave it out"
            raise InvalidError("span-without-token", Where(), problem)
        if first < reach:
            problem = (
                f"span [{start}, {end}) of type {kind!r} shares a token with another span; "
                f"{scheme} tags hold flat spans only: choose one of the two"
            )
            raise InvalidError("span-overlap", Where(), problem)
        found.append((first, last, kind))
        reach = last
    return tagged(found, len(tokens), scheme)


def decode(
    tokens: Sequence[tuple[int, int]], tags: Sequence[str], scheme: Scheme = "IOB2"
) -> list[tuple[int, int, str]]:
    """Read tags as typed spans, as seqeval does in its default mode.

    An ``I-`` that continues no span of its type opens one; see `chunks`.

    Args:
        tokens: Half-open token spans in code points, ascending and disjoint.
        tags: One tag for each token.
        scheme: Whose prefixes may stand in the tags.

    Returns:
        ``(start, end, type)`` in code points, ascending and disjoint.

    Raises:
        InvalidError: There are more or fewer tags than tokens, or a tag is neither ``O`` nor one
            of the scheme's prefixes with a type.
    """
    if len(tags) != len(tokens):
        problem = f"{len(tags)} tags for {len(tokens)} tokens; give one tag for each token"
        raise InvalidError("tag-count", Where(), problem)
    for index, tag in enumerate(tags):
        if tag != "O" and not is_tag(tag, scheme):
            *others, last = ["'O'", *(f"'{prefix}-type'" for prefix in _PREFIXES[scheme])]
            problem = f"tag {tag!r} must be {', '.join(others)} or {last}"
            raise InvalidError("tag-form", Where(path=f"$[{index}]"), problem)
    return [(tokens[first][0], tokens[last - 1][1], kind) for first, last, kind in chunks(tags)]


def is_tag(tag: str, scheme: Scheme | None = None) -> bool:
    """Tell whether a tag is ``O``, or a prefix of the scheme, or of any, with a type."""
    prefix, hyphen, kind = tag.partition("-")
    known = _KNOWN if scheme is None else _PREFIXES[scheme]
    return tag == "O" or (len(prefix) == 1 and prefix in known and bool(hyphen and kind))


def chunks(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Read tags of any scheme, well-formed or not, by the rules of conlleval.

    A chunk opens at a tag that says so (``B``, ``S``, ``U``) and wherever the token before is
    outside, was the last of its chunk (``E``, ``L``, ``S``, ``U``), or has another type.
    Tags of no scheme are read too: without a type the type is ``_``, an unknown prefix with a
    type continues a chunk as ``I`` does, and anything else is ``O``.

    Args:
        tags: The tags of one sentence.

    Returns:
        ``(first, last, type)``, half-open in tokens, ascending and disjoint.
    """
    found: list[tuple[int, int, str]] = []
    start = -1
    open_kind = ""
    for index, tag in enumerate(tags):
        if tag == "O" and start < 0:
            continue
        opens, closes, kind = _reading(tag)
        if start >= 0 and (opens or kind != open_kind):
            found.append((start, index, open_kind))
            start = -1
        if kind:
            start = index if start < 0 else start
            open_kind = kind
            if closes:
                found.append((start, index + 1, kind))
                start = -1
    if start >= 0:
        found.append((start, len(tags), open_kind))
    return found


def tagged(found: Iterable[tuple[int, int, str]], length: int, scheme: Scheme) -> list[str]:
    """Write chunks as the tags of a sentence of that many tokens; it undoes `chunks`.

    Args:
        found: ``(first, last, type)``, half-open in tokens, ascending and disjoint.
        length: How many tokens there are.
        scheme: How to write them.
    """
    tags = ["O"] * length
    before, kind_before = -1, ""
    for first, last, kind in found:
        if last - first == 1:
            tags[first] = f"{_SINGLE[scheme]}-{kind}"
        else:
            tags[first:last] = [f"I-{kind}"] * (last - first)
            tags[first] = f"{_FIRST[scheme]}-{kind}"
            tags[last - 1] = f"{_LAST[scheme]}-{kind}"
        if (before, kind_before) == (first, kind):
            if scheme == "IOB1":
                tags[first] = f"B-{kind}"
            elif scheme == "IOE1":
                tags[first - 1] = f"E-{kind}"
        before, kind_before = last, kind
    return tags


def faults(tags: Sequence[str], scheme: Scheme) -> list[tuple[int, str]]:
    """Find the tags that are ill-formed in a scheme.

    Returns:
        The index of each, and the tag that the scheme has in that place for the chunks that
        `chunks` reads.
    """
    expected = tagged(chunks(tags), len(tags), scheme)
    if expected == tags:
        return []
    variants = _VARIANTS.get(scheme, {})
    return [
        (index, want)
        for index, (tag, want) in enumerate(zip(tags, expected, strict=True))
        if tag != want and variants.get(tag[:1], tag[:1]) + tag[1:] != want
    ]


@lru_cache(maxsize=4096)
def _reading(tag: str) -> tuple[bool, bool, str]:
    """Tell whether a tag opens and closes a chunk, and its type, which is empty outside."""
    prefix, hyphen, kind = tag.partition("-")
    known = len(prefix) == 1 and prefix in _KNOWN
    if not (known or (hyphen and kind and prefix != "O")):
        return False, False, ""
    return known and prefix in _OPENING, known and prefix in _CLOSING, kind or UNTYPED
