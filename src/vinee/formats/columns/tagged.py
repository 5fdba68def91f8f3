"""Documents as tokens with chunks: what a file says, before it is known where its tokens stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.formats.columns import cells
from vinee.text.tags import chunks, faults, is_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.formats.columns.lines import RawDocument, Sentence
    from vinee.formats.columns.report import Problems
    from vinee.text.tags import Scheme


@dataclass
class TaggedDocument:
    """Tokens in order, with the line of each; chunks and ends of sentences count tokens."""

    raw: RawDocument
    tokens: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    chunks: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class TagReader:
    """Reads the tags of documents in one scheme, and tells and counts what is ill-formed.

    Attributes:
        columns: The columns of tags.
        scheme: The scheme.
        problems: Where ill-formed tags are told.
        read_as: Pairs of an ill-formed tag and what it was read as.
        prefixes: Prefixes as they are spelled, without ``O``.
    """

    columns: Sequence[int]
    scheme: Scheme
    problems: Problems
    read_as: Counter[tuple[str, str]] = field(default_factory=Counter)
    prefixes: Counter[str] = field(default_factory=Counter)

    def read(self, document: RawDocument, token: int) -> TaggedDocument:
        """Read a document."""
        found = TaggedDocument(document)
        for sentence in document.sentences:
            start = len(found.tokens)
            found.tokens += [row[token] for row in sentence.rows]
            found.lines += sentence.numbers
            found.ends.append(len(found.tokens))
            for column in self.columns:
                tags = self._tags(sentence, column)
                if tags is None:
                    continue
                found.chunks += [
                    (start + first, start + last, kind) for first, last, kind in chunks(tags)
                ]
                for index, want in faults(tags, self.scheme):
                    self._tell(document, sentence, index, column, want)
        return found

    def _tags(self, sentence: Sentence, column: int) -> list[str] | None:
        """Give the tags of a sentence, None if they are all ``O``."""
        values = [row[column] for row in sentence.rows]
        spelled = [value for value in values if value != "O"]
        if not spelled:
            return None
        self.prefixes.update(value.partition("-")[0] for value in spelled if "-" in value)
        return [cells.clean(value) for value in values]

    def _tell(
        self, document: RawDocument, sentence: Sentence, index: int, column: int, want: str
    ) -> None:
        tag = sentence.rows[index][column]
        self.read_as[tag, want] += 1
        where = document.where(sentence.numbers[index])
        if is_tag(cells.clean(tag), self.scheme):
            code = "tag-order"
            problem = f"the tag {tag!r} does not fit those beside it; {self.scheme} has {want!r}"
        else:
            code = "tag-form"
            problem = f"{tag!r} is no tag of {self.scheme}, which has {want!r} in this place"
            if "-" not in tag:
                problem += f"; a label needs a prefix, as in 'B-{tag}'"
        self.problems.schema(code, where, f"{problem}; mend the tag", document.file.rank)


def sequences(sentences: Iterable[Sentence], column: int) -> list[list[str]]:
    """Give the tags of a column, one list for each sentence."""
    return [[cells.clean(row[column]) for row in sentence.rows] for sentence in sentences]
