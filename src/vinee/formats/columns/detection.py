"""What the columns hold: which of them have tags, in which scheme, and what tokens are."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from vinee.errors import SchemaError
from vinee.formats.columns import cells
from vinee.text.tags import SCHEMES, chunks, faults, is_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.errors import Where
    from vinee.text.tags import Scheme

_TAG_SHARE = 0.9  # of the values of a column, that one slip does not hide a whole layer
_INDEX_SHARE = 0.95  # of rows, that a gap in the numbering does not make tokens of numbers
_PHRASE_SHARE = 0.98  # of a column's tags; corpora have a few of their own, such as NPb
_NUMBERED_WIDTH = 3  # number, token, tag
_ALIKE_SHARE = 0.5  # of the entities of a column that stand in another one too
_SEGMENTED_SHARE = 0.01  # of tokens; in Vietnamese text about one word in five has two syllables

# Phrases of Vietnamese and English chunkers (VLSP, CoNLL-2000).
_PHRASES = frozenset(
    {"ADJP", "ADVP", "AP", "CONJP", "INTJ", "LST", "MDP", "NP", "PP", "PRT", "QP", "RP"}
    | {"SBAR", "UCP", "VP", "WHAP", "WHNP", "WHPP", "WHRP", "XP"}
)


class TagColumns(NamedTuple):
    """The columns of entities' tags, and columns of chunks' tags that were left out."""

    tags: tuple[int, ...]
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Column:
    """How many values of a column are tags, how many of these no ``O``, how many of phrases."""

    values: int
    tags: int
    entities: int
    phrases: int

    @property
    def has_tags(self) -> bool:
        return self.entities > 0 and self.tags >= _TAG_SHARE * self.values

    @property
    def is_of_chunks(self) -> bool:
        return self.phrases >= _PHRASE_SHARE * self.entities


def token_column(sentences: Iterable[Sequence[Sequence[str]]]) -> int:
    """Find the column of tokens: the first, or the second if the first counts them.

    The first counts them if it numbers the rows of each sentence from 0 or from 1, as GermEval
    2014, CoNLL-U and its kin do, in nineteen rows of twenty; and if a column is left for tags.
    """
    counted = rows = longest = 0
    for sentence in sentences:
        first = sentence[0][0]
        if len(sentence[0]) < _NUMBERED_WIDTH or first not in {"0", "1"}:
            rows += len(sentence)
            continue
        numbers = range(int(first), int(first) + len(sentence))
        counted += sum(row[0] == str(n) for row, n in zip(sentence, numbers, strict=True))
        rows += len(sentence)
        longest = max(longest, len(sentence))
    return int(longest > 1 and counted >= _INDEX_SHARE * rows)


def tag_columns(rows: Sequence[Sequence[str]], token: int, where: Where) -> TagColumns:
    """Find the columns of tags.

    They are the last column, and every other one of which nine values in ten are tags, and at
    least one is not ``O``. A column other than the last whose types are names of phrases, but for
    two in a hundred, is left out. If the last is no column of tags and others are, it is left out
    too.

    Raises:
        SchemaError: No column has tags.
    """
    width = len(rows[0])
    columns = (index for index in range(width) if index != token)
    seen = {index: _column([row[index] for row in rows]) for index in columns}
    others = [index for index in seen if index < width - 1 and seen[index].has_tags]
    phrases = tuple(index for index in others if seen[index].is_of_chunks)
    entities = [index for index in others if index not in phrases]
    last = width - 1
    if last != token and (not entities or seen[last].tags >= _TAG_SHARE * seen[last].values):
        entities.append(last)
    if not entities or not any(seen[index].tags for index in entities):
        problem = (
            "no column holds tags such as 'O' and 'B-PER'; name the columns, counted from 0: "
            "tags=(3,)"
        )
        raise SchemaError("columns-tags", where, problem)
    return TagColumns(tuple(entities), phrases)


def check_apart(
    columns: Sequence[Iterable[Sequence[str]]], names: Sequence[int], where: Where
) -> None:
    """Check that no two columns hold mostly the same entities, as gold beside predictions does.

    Args:
        columns: For each column of tags the sentences, each a list of tags.
        names: The number of each column in the file.
        where: The file.

    Raises:
        SchemaError: Two do; read as nested, a prediction would get the gold's entities as well.
    """
    found = [
        {(at, *chunk) for at, tags in enumerate(column) for chunk in chunks(tags)}
        for column in columns
    ]
    for later in range(len(found)):
        for earlier in range(later):
            least = min(len(found[earlier]), len(found[later]))
            if least and len(found[earlier] & found[later]) >= _ALIKE_SHARE * least:
                problem = (
                    f"the columns {names[earlier]} and {names[later]} hold mostly the same "
                    "entities, as gold beside predictions does; name the column to read: "
                    f"tags=({names[later]},)"
                )
                raise SchemaError("columns-alike", where, problem)


def schemes(sentences: Sequence[Sequence[str]]) -> tuple[Scheme, ...]:
    """Find the schemes in which the fewest tags are ill-formed, in order of preference."""
    best: list[Scheme] = []
    least = 0
    for scheme in SCHEMES:
        count = 0
        for tags in sentences:
            count += len(faults(tags, scheme))
            if best and count > least:
                break
        else:
            if not best or count < least:
                best, least = [], count
            best.append(scheme)
    return tuple(best)


def is_segmented(tokens: Sequence[str]) -> bool:
    """Tell whether tokens are words whose syllables are joined by underscores.

    They are if one token in a hundred has an underscore between letters, and one of those is
    Vietnamese by its marks; names of files and users are not enough.
    """
    joined = Counter(token for token in tokens if "_" in token)
    words = {token: count for token, count in joined.items() if _is_joined(token)}
    return sum(words.values()) >= max(1, _SEGMENTED_SHARE * len(tokens)) and not all(
        token.isascii() for token in words
    )


def spaced(token: str) -> str:
    """Write the underscores between the syllables of a word as spaces; ``_`` alone stays."""
    if "_" not in token or not all(token.split("_")):
        return token
    return token.replace("_", " ")


def _is_joined(token: str) -> bool:
    return all(
        part and all(unicodedata.category(char)[0] in "LMN" for char in part)
        for part in token.split("_")
    )


def _column(values: Sequence[str]) -> _Column:
    tags = entities = phrases = 0
    for value, count in Counter(values).items():
        tag = cells.clean(value)
        if is_tag(tag):
            tags += count
            if tag != "O":
                entities += count
                phrases += count * (tag.partition("-")[2] in _PHRASES)
    return _Column(len(values), tags, entities, phrases)
