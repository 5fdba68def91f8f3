"""The lines of a file: which of them are rows, and where sentences and documents begin."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.errors import MalformedError, Where
from vinee.formats import native
from vinee.formats.columns import cells, json_rows
from vinee.formats.columns.cells import Shape
from vinee.text.tags import is_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vinee.errors import InputError
    from vinee.formats.columns.report import Problems

_TAGGED = 2  # token, tag
_START = re.compile(r"(?:-DOCSTART-|#\s*DOCSTART\b)(?:[ \t]+\(([^)]+)\))?")
_DOCUMENT = re.compile(r"#\s*(?:newdoc(?:\s+id)?|doc_id)\s*(?:=\s*(.*))?")
_SENTENCE = re.compile(r"#\s*sent_id\s*=\s*(.*)")
_COLUMNS = re.compile(r"#\s*global\.columns\s*=\s*(.*)")
_ASSIGNMENT = re.compile(r"#\s*[\w.]+\s*=")
_MARKUP = re.compile(r"</?[A-Za-z]\w*>")


@dataclass(frozen=True)
class File:
    """A file's name, its place in the order of files, and its lines without line ends.

    ``stem`` is what a document without a name is called: that of the file without its suffix,
    unless files differ in nothing else. ``numbers`` are those of the lines in the file, if they are
    not simply one after the other; ``faults`` what could not be made a line.
    """

    name: str
    rank: int
    stem: str
    lines: list[str]
    numbers: Sequence[int]
    faults: Sequence[InputError] = ()


@dataclass
class Sentence:
    """Rows with the number of each one's line, and the sentence's id where it has one."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    sent_id: str | None = None


@dataclass
class RawDocument:
    """Sentences with rows; ``named`` says whether a line gives the id."""

    file: File
    line: int
    doc_id: str = ""
    named: bool = False
    sentences: list[Sentence] = field(default_factory=lambda: [Sentence()])

    def where(self, number: int | None = None) -> Where:
        """Give the place of a line, or of the document's first."""
        return Where(self.file.name, self.line if number is None else number, self.doc_id or None)

    @property
    def empty(self) -> bool:
        """Whether it has no row yet."""
        return not any(sentence.rows for sentence in self.sentences)


@dataclass
class Layout:
    """All documents of some files.

    Attributes:
        documents: In order, each with its rows.
        bounded: Whether some line begins a document.
        declared: The names of the columns, if a comment gives them.
        passed_over: How many lines say nothing to us.
        width: How many columns each row has.
    """

    documents: list[RawDocument] = field(default_factory=list)
    bounded: bool = False
    declared: tuple[str, ...] = ()
    passed_over: int = 0
    width: int = 0


def files(path: Path) -> list[File]:
    """Read a file, or all files of a folder in order of their names, hidden ones left out.

    Raises:
        MalformedError: There is nothing, or it cannot be read, or it is not UTF-8.
    """
    paths = [path]
    if path.is_dir():
        try:
            inside = sorted(path.iterdir())
        except OSError as error:
            problem = f"cannot be read: {error.strerror or error}; give a readable folder"
            raise MalformedError("unreadable", Where(file=str(path)), problem) from error
        paths = [each for each in inside if each.is_file() and not each.name.startswith(".")]
    if not paths:
        problem = "the folder holds no file; check the path"
        raise MalformedError("no-documents", Where(file=str(path)), problem)
    stems = Counter(each.stem for each in paths)
    return [
        _file(each, rank, each.stem if stems[each.stem] == 1 else each.name)
        for rank, each in enumerate(paths)
    ]


def shape(read: Iterable[File]) -> Shape | None:
    """Detect separator and number of columns from all lines that are rows beyond doubt."""
    rows = (line for file in read for line in file.lines if not _is_special(line))
    return cells.detect(rows)


def widths(read: Sequence[File], form: Shape) -> dict[int, int]:
    """Find the files that have more or fewer columns of tags than the others, as nesting needs.

    LitBank gives each novel as many columns as its names nest. A file may have its own number if
    all that is in the columns by which files differ is tags.

    Returns:
        The number of columns of each file, by its rank; those of the commonest if files differ
        in anything else.
    """
    common = {file.rank: form.width for file in read}
    if len(read) == 1:
        return common
    own = {}
    for file in read:
        found = shape([file])
        fits = found is not None and found.separator == form.separator
        own[file.rank] = found.width if found is not None and fits else form.width
    least, most = min(own.values()), max(own.values())
    if least == most or least < _TAGGED:
        return common
    for file in read:
        for line in file.lines:
            if not _is_special(line):
                row = form.cells(line)
                if len(row) == own[file.rank] and not all(
                    is_tag(cells.clean(e)) for e in row[least - 1 :]
                ):
                    return common
    return own


def layout(read: Sequence[File], form: Shape, problems: Problems) -> Layout:
    """Sort the rows of files into documents and sentences; broken rows are left out and told.

    Where files differ in their columns of tags, rows are filled up with ``O``.
    """
    found = Layout()
    of_file = widths(read, form)
    found.width = max(of_file.values(), default=form.width)
    for file in read:
        for fault in file.faults:
            problems.schema(fault.code, fault.where, fault.problem, file.rank)
        own = Shape(form.separator, of_file[file.rank])
        walk = _Walk(file, own, problems, found)
        walk.run()
        found.documents += walk.finished()
    return found


def _file(path: Path, rank: int, stem: str) -> File:
    lines = _lines(path)
    if json_rows.is_tagged(next((line for line in lines if line), "")):
        return File(str(path), rank, stem, *json_rows.read(lines, str(path)))
    return File(str(path), rank, stem, lines, range(1, len(lines) + 1))


def _lines(path: Path) -> list[str]:
    content = native.read_text(path).removeprefix("\ufeff")
    ends = "\r" if "\n" not in content else "\n"  # a lone \r ended lines on old machines
    return [line.rstrip(" \t\r") for line in content.split(ends)]


def _is_special(line: str) -> bool:
    return (
        line.startswith(("#", "-DOCSTART-"))
        or cells.is_blank(line)
        or _MARKUP.fullmatch(line) is not None
    )


class _Walk:
    """One pass over the lines of a file."""

    def __init__(self, file: File, form: Shape, problems: Problems, found: Layout) -> None:
        self.file = file
        self.form = form
        self.problems = problems
        self.found = found
        self.filling = ("O",) * (found.width - form.width)
        self.documents: list[RawDocument] = []

    def run(self) -> None:
        for number, line in zip(self.file.numbers, self.file.lines, strict=True):
            if cells.is_blank(line):
                self._end_sentence()
            elif line[0] in "-#" and (start := _START.match(line)):
                self._begin(number, start[1])
            elif line[0] == "#" and self._is_comment(line):
                self._comment(number, line)
            elif line[0] == "<" and self.form.width > 1 and _MARKUP.fullmatch(line):
                self.found.passed_over += 1
                self._end_sentence()
            else:
                self._row(number, line)

    def finished(self) -> Iterator[RawDocument]:
        """Give the documents, sentences without rows left out, each with a name."""
        kept = [document for document in self.documents if document.named or not document.empty]
        stem = self.file.stem
        for number, document in enumerate(kept, start=1):
            if not document.named:
                document.doc_id = stem if len(kept) == 1 else f"{stem}-{number}"
            document.sentences = [each for each in document.sentences if each.rows]
            yield document

    def _current(self, number: int) -> RawDocument:
        if not self.documents:
            self.documents.append(RawDocument(self.file, number))
        return self.documents[-1]

    def _begin(self, number: int, name: str | None) -> None:
        """Begin a document; of several lines that do so before a row, the last name counts."""
        self.found.bounded = True
        name = (name or "").strip() or None
        current = self._current(number)
        if not current.empty or (name is not None and current.named and current.doc_id != name):
            current = RawDocument(self.file, number)
            self.documents.append(current)
        if name is not None:
            current.doc_id, current.named = name, True

    def _end_sentence(self) -> None:
        if self.documents and self.documents[-1].sentences[-1].rows:
            self.documents[-1].sentences.append(Sentence())

    def _is_comment(self, line: str) -> bool:
        if _DOCUMENT.fullmatch(line) or _SENTENCE.fullmatch(line):
            return True
        row = self.form.cells(line)
        if len(row) == self.form.width > 1:
            # The token may be a hash; no comment stands between the rows of a sentence.
            inside = self.documents and self.documents[-1].sentences[-1].rows
            return not inside and not is_tag(cells.clean(row[-1]))
        return line.startswith(("# ", "#\t", "##")) or line == "#" or bool(_ASSIGNMENT.match(line))

    def _comment(self, number: int, line: str) -> None:
        if boundary := _DOCUMENT.fullmatch(line):
            self._begin(number, boundary[1])
        elif sentence := _SENTENCE.fullmatch(line):
            self._end_sentence()
            self._current(number).sentences[-1].sent_id = sentence[1].strip() or None
        elif columns := _COLUMNS.fullmatch(line):
            self.found.declared = self.found.declared or tuple(columns[1].split())
        else:
            self.found.passed_over += 1

    def _row(self, number: int, line: str) -> None:
        row = self.form.cells(line)
        if len(row) != self.form.width:
            where = Where(self.file.name, number)
            problem = (
                f"{len(row)} columns, where most lines have {self.form.width}, separated by "
                f"{self.form.separator}s; mend the line"
            )
            self.problems.schema("columns-width", where, problem, self.file.rank)
            return
        sentence = self._current(number).sentences[-1]
        sentence.rows.append(row + self.filling)
        sentence.numbers.append(number)
