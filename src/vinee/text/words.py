"""Words, which in Vietnamese may hold several syllables. They are made by a tool, not by people.

What depends on words therefore depends on the tool and its version, which :func:`word_tool`
names; syllables do not.
"""

from __future__ import annotations

from vinee.errors import MissingExtraError
from vinee.text.align import align_tokens
from vinee.text.sentences import paragraphs
from vinee.text.syllables import syllables

_TOOL = "underthesea"
_EXTRA = "baselines"


def word_tool() -> str:
    """Name the tool that makes the words and its version, such as ``underthesea 9.5.0``.

    Raises:
        MissingExtraError: The tool is not installed.
    """
    from importlib import metadata

    try:
        return f"{_TOOL} {metadata.version(_TOOL)}"
    except metadata.PackageNotFoundError as error:
        raise MissingExtraError(_TOOL, _EXTRA) from error


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Split text into words with underthesea's ``word_tokenize``, paragraph by paragraph.

    Text that the tool lost, or rewrote beyond recognition, is given as its syllables, so that
    the words cover all but white space.

    Args:
        text: Any text.
        start: First code point to look at.
        end: One past the last; the text's length if not given.

    Returns:
        Half-open spans in code points of ``text``, ascending and disjoint.

    Raises:
        MissingExtraError: The tool is not installed.
    """
    try:
        from underthesea import word_tokenize
    except ModuleNotFoundError as error:
        raise MissingExtraError(_TOOL, _EXTRA) from error
    found: list[tuple[int, int]] = []
    window = text[start:end]
    for first, last in paragraphs(window):
        paragraph = window[first:last]
        position = 0
        for span in align_tokens(paragraph, word_tokenize(paragraph)).spans:
            if span is not None:
                found.extend(_shifted(syllables(paragraph, position, span[0]), start + first))
                found.extend(_shifted([span], start + first))
                position = span[1]
        found.extend(_shifted(syllables(paragraph, position), start + first))
    return found


def _shifted(spans: list[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    return [(offset + start, offset + end) for start, end in spans]
