"""A plain table, and the forms in which it is published."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import msgspec

from vinee.errors import UnknownNameError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Value: TypeAlias = str | int | float | None
Form: TypeAlias = Literal["text", "markdown", "latex", "csv", "json"]
FORMS: tuple[Form, ...] = get_args(Form)

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|&~])")
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "–": "--",
}
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a header.

    Attributes:
        title: One line.
        header: Names of the columns.
        rows: Each as long as the header.
        names: How many columns, from the left, hold names; the others hold numbers.
        notes: What a reader must know, a line each: warnings, signatures.
        records: The same for programs: all rows with unrounded values, of the same keys. If
            there are none, the text of the rows is used.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: int = 1
    notes: tuple[str, ...] = ()
    records: tuple[Mapping[str, Value], ...] = ()

    @property
    def for_programs(self) -> tuple[Mapping[str, Value], ...]:
        """Each row by the names of its columns."""
        named = tuple(dict(zip(self.header, row, strict=True)) for row in self.rows)
        return self.records or named


def render(tables: Sequence[Table], form: Form) -> str:
    """Write tables down in one of `FORMS`; the last line is ended.

    ``csv`` and ``json`` give the records. ``csv`` puts the title in a column of its own, leaves
    out the notes, and gives each table a header where it differs from the one before. ``latex``
    needs the package booktabs.

    Raises:
        UnknownNameError: There is no such form.
    """
    if form not in FORMS:
        raise UnknownNameError("form of a table", form, FORMS)
    if form == "csv":
        return _csv(tables)
    if form == "json":
        return _json(tables)
    writers = {"text": _text, "markdown": _markdown, "latex": _latex}
    return "\n".join("\n".join(writers[form](table)) + "\n" for table in tables)


def aligned(rows: Sequence[Sequence[str]], names: int = 1) -> list[str]:
    """Align columns with spaces: the first ``names`` to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if number < names else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def escaped_markdown(text: str) -> str:
    """Write text so that Markdown shows it as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def escaped_latex(text: str) -> str:
    """Write text so that LaTeX sets it as it is, on one line."""
    return "".join(_LATEX.get(character, character) for character in " ".join(text.split()))


def _text(table: Table) -> Iterator[str]:
    yield _one_line(table.title)
    rows = [[_one_line(cell) for cell in row] for row in (table.header, *table.rows)]
    yield from aligned(rows, table.names)
    yield from map(_one_line, table.notes)


def _one_line(text: str) -> str:
    """Keep a name from moving the cursor of a terminal."""
    return printable(" ".join(text.split()))


def _markdown(table: Table) -> Iterator[str]:
    yield f"**{escaped_markdown(table.title)}**"
    yield ""
    yield _line(map(escaped_markdown, table.header))
    yield _line("---" if number < table.names else "---:" for number in range(len(table.header)))
    for row in table.rows:
        yield _line(map(escaped_markdown, row))
    if table.notes:
        yield ""
    for note in table.notes:
        yield f"- {escaped_markdown(note)}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _latex(table: Table) -> Iterator[str]:
    numbers = len(table.header) - table.names
    yield r"\begin{table}"
    yield r"\centering"
    yield rf"\begin{{tabular}}{{{'l' * table.names}{'r' * numbers}}}"
    yield r"\toprule"
    yield " & ".join(map(escaped_latex, table.header)) + r" \\"
    yield r"\midrule"
    for row in table.rows:
        yield " & ".join(map(escaped_latex, row)) + r" \\"
    yield r"\bottomrule"
    yield r"\end{tabular}"
    yield rf"\caption{{{escaped_latex(table.title)}.}}"
    yield r"\end{table}"
    for note in table.notes:
        yield f"% {' '.join(note.split())}"


def _csv(tables: Sequence[Table]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    header: tuple[str, ...] = ()
    for table in tables:
        for record in table.for_programs:
            if tuple(record) != header:
                header = tuple(record)
                writer.writerow(("table", *header))
            writer.writerow([_cell(table.title), *map(_cell, record.values())])
    return written.getvalue()


def _cell(value: Value) -> Value:
    """Keep a spreadsheet from running what somebody wrote into a name."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _json(tables: Sequence[Table]) -> str:
    listed = [
        {
            "title": table.title,
            "rows": table.for_programs,
            "notes": list(table.notes),
        }
        for table in tables
    ]
    return msgspec.json.format(msgspec.json.encode(listed), indent=1).decode() + "\n"
