"""From files of columns to documents, with a report of what was found on the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from vinee.errors import SchemaError, UnknownNameError, Where
from vinee.formats.columns import detection, lines, placing
from vinee.formats.columns.cells import Shape
from vinee.formats.columns.documents import drop_empty_tokens, settle
from vinee.formats.columns.report import ColumnsRead, ColumnsReport, Problems
from vinee.formats.columns.tagged import TagReader, sequences
from vinee.text.tags import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vinee.formats.columns.lines import Layout, RawDocument
    from vinee.text.tags import Scheme

UnderscoresOption: TypeAlias = Literal["auto", "join", "keep"]

TOKEN_NAME, TAGS_NAME = "FORM", "NER"
_FEWEST = 2  # token, tag


def read_columns(  # noqa: PLR0913  each option overrules one thing that is detected
    path: Path,
    *,
    texts: Mapping[str, str] | None = None,
    token: int | None = None,
    tags: Sequence[int] | None = None,
    scheme: Scheme | None = None,
    underscores: UnderscoresOption = "auto",
    lenient: bool = False,
) -> ColumnsRead:
    """Read a file of columns, or all files of a folder, as one corpus.

    Args:
        path: A file or a folder.
        texts: The text of each ``doc_id``, onto which tokens are aligned; without them texts are
            made of the tokens.
        token: The column of tokens, counted from 0; if not given, the one that a line
            ``# global.columns = …`` calls ``FORM``, or that `detection.token_column` finds.
        tags: The columns of tags; if not given, those that such a line calls ``NER`` or
            ``NER:…``, or those that `detection.tag_columns` finds.
        scheme: The scheme against which tags are checked; if not given, it is detected.
        underscores: Whether ``_`` between syllables becomes a space in texts made of tokens;
            ``auto``: if the tokens are segmented words.
        lenient: Read on where something is wrong, and tell it in ``findings``: broken rows are
            left out, and ill-formed tags read by the rules of conlleval.

    Raises:
        InputError: There is nothing to read, the columns are not what the options say, or no
            document has a text; if not ``lenient``, the first thing that is wrong.
        UnknownNameError: There is no such scheme, or no such way with underscores.
    """
    _check_names(scheme, underscores)
    problems = Problems()
    files = lines.files(path)
    form = lines.shape(files) or Shape("tab", _FEWEST)
    layout = lines.layout(files, form, problems)
    form = Shape(form.separator, layout.width)
    documents = settle(layout, texts, problems)
    where = Where(file=files[0].name)
    if not documents:
        raise SchemaError("no-documents", where, "the file holds no token; check the path")
    chosen = _choose(layout, form, token, tags, where)
    for document in documents:
        drop_empty_tokens(document, chosen.token, problems)
    candidates = _schemes(documents, chosen, where) if scheme is None else (scheme,)
    reader = TagReader(chosen.tags, candidates[0], problems)
    tagged = [reader.read(document, chosen.token) for document in documents]
    segmented = detection.is_segmented([token for each in tagged for token in each.tokens])
    join = segmented if underscores == "auto" else underscores == "join"
    if texts is None:
        placed = placing.joined(tagged, problems, join=join)
    else:
        placed = placing.grounded(tagged, texts, problems)
    findings = problems.in_order()
    if findings and not lenient:
        raise findings[0]
    report = ColumnsReport(
        files=tuple(file.name for file in files),
        separator=form.separator,
        width=form.width,
        token=chosen.token,
        tags=chosen.tags,
        left_out=chosen.left_out,
        scheme=candidates[0],
        candidates=candidates,
        prefixes=dict(sorted(reader.prefixes.items())),
        ill_formed=sum(reader.read_as.values()),
        read_as=dict(sorted(reader.read_as.items())),
        segmented=segmented,
        underscores="join" if join else "keep",
        text="joined" if texts is None else "given",
        matched=placed.matched,
        alignment=placed.alignment,
        documents=len(placed.documents),
        sentences=sum(len(document.sentences) for document in documents),
        tokens=sum(len(each.tokens) for each in tagged),
        passed_over=layout.passed_over,
        problems=dict(sorted(problems.counts.items())),
        uncovered=placed.uncovered,
    )
    return ColumnsRead(placed.documents, report, findings)


@dataclass(frozen=True)
class _Chosen:
    """The columns that are read; ``apart`` if they were found and nobody has named them."""

    token: int
    tags: tuple[int, ...]
    left_out: tuple[int, ...] = ()
    apart: bool = False


def _check_names(scheme: str | None, underscores: str) -> None:
    if scheme is not None and scheme not in SCHEMES:
        raise UnknownNameError("scheme of tags", scheme, SCHEMES)
    if underscores not in get_args(UnderscoresOption):
        raise UnknownNameError("way with underscores", underscores, get_args(UnderscoresOption))


def _choose(
    layout: Layout, form: Shape, token: int | None, tags: Sequence[int] | None, where: Where
) -> _Chosen:
    """Choose the columns: those of the options, else those that the file names, else by rule."""
    if form.width < _FEWEST:
        problem = "most lines have one column; a token and a tag make two or more"
        raise SchemaError("columns-width", where, problem)
    names = layout.declared
    if token is None:
        token = names.index(TOKEN_NAME) if TOKEN_NAME in names else _found_token(layout)
    if tags is None:
        tags = [at for at, name in enumerate(names) if name.partition(":")[0] == TAGS_NAME] or None
    rows = [row for each in layout.documents for part in each.sentences for row in part.rows]
    if tags is None and token < form.width and rows:
        found = detection.tag_columns(rows, token, where)
        return _Chosen(token, found.tags, found.left_out, apart=True)
    chosen = _Chosen(token, tuple(tags or [form.width - 1]))
    known = range(form.width)
    if token not in known or token in chosen.tags or not set(chosen.tags) <= set(known):
        problem = (
            f"token {token} and tags {chosen.tags} must be different columns from 0 to "
            f"{form.width - 1}; correct them"
        )
        raise SchemaError("columns-option", where, problem)
    return chosen


def _found_token(layout: Layout) -> int:
    return detection.token_column(
        part.rows for each in layout.documents for part in each.sentences if part.rows
    )


def _schemes(documents: Sequence[RawDocument], chosen: _Chosen, where: Where) -> tuple[Scheme, ...]:
    sentences = [sentence for document in documents for sentence in document.sentences]
    columns = [sequences(sentences, column) for column in chosen.tags]
    if chosen.apart and len(columns) > 1:
        detection.check_apart(columns, chosen.tags, where)
    return detection.schemes([tags for tags in chain(*columns) if set(tags) != {"O"}])
