"""Hugging Face datasets on disk: what ``save_to_disk`` made, dataset repositories, Parquet, Arrow.

Two kinds of rows are read, told apart by their columns.

Documents: the columns of the ``documents`` config, that is ``doc_id`` (or ``id``), ``text`` and the
layers as lists of structs, with labels as strings or ``ClassLabel``. ``meta`` may be JSON; any
other column goes into ``meta`` under its own name.

Tokens: ``tokens`` (or ``words``) and ``ner_tags`` (or ``tags``, ``labels``, ``ner``), IOB2 as
strings or ``ClassLabel``. Each row is a sentence and a document of its own, named by ``id``, or
after file and row; rows of one ``doc_id`` are the sentences of one document. Other columns are
not read. Without ``texts`` the text is the tokens with a blank between them, a row a line. If at
least one token in twenty joins letters by an underscore, the tokens are segmented words, and the
underscores are blanks in the text; ``meta["segmented"]`` says so. With ``texts`` tokens are
brought onto the text given, and ``meta["alignment"]`` counts those that were exact, repaired or
ungrounded; the last are left out.

Of several splits all are read, or one if it is asked for, and ``meta["split"]`` says where a
document was. An id that occurs in several splits is written ``split/id``, and ``meta["doc_id"]``
has the id itself; nothing is dropped, so that a document in two splits can be found.

The network is never asked: what is not on disk is an error.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from vinee.errors import SchemaError, Where
from vinee.formats.contract import FEATURES
from vinee.formats.hf import documents, tables, tokens, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vinee.formats.hf.tables import Table
    from vinee.model import Document

__all__ = ["HuggingFace"]


@dataclass(frozen=True)
class HuggingFace:
    """A folder that ``datasets.load_dataset`` reads, with one row a document; holds everything.

    Attributes:
        config: Which config of a dataset repository to read; without it the default one.
        split: Which split to read; without it all.
    """

    config: str | None = None
    split: str | None = None
    name: ClassVar[str] = "hf"
    description: ClassVar[str] = "Hugging Face dataset: Parquet or Arrow, one document a row"
    holds: ClassVar[frozenset[str]] = frozenset(FEATURES)

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write a folder with Parquet and a card, or the Parquet alone to a path that ends so.

        The only config and the only split are named ``documents``. The card has a hash of the
        Parquet, by which ``datasets`` notices that its cache is stale.

        Raises:
            InputError: A document holds what JSON does not have, or an offset beyond 32 bits.
        """
        writing.write(list(documents), path)

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read documents from a folder or a file.

        Args:
            path: A folder that ``save_to_disk`` made, a folder with Parquet, or a Parquet or
                Arrow file.
            texts: The text of each ``doc_id``, for rows of tokens.

        Raises:
            MalformedError: There is nothing, or it cannot be read.
            SchemaError: The columns are those of neither kind, or a value has the wrong shape.
            InvalidError: Tokens and tags contradict each other, a text is missing, or it is not
                clear which config is meant.
            UnknownNameError: There is no config or split of that name.
        """
        found = tables.read(path, self.config, self.split)
        shapes = [(table, _shape(table)) for table in found]
        groups = [(table, shape, group) for table, shape in shapes for group in shape.groups(table)]
        splits: dict[str, set[str | None]] = defaultdict(set)
        for table, _, group in groups:
            splits[group.doc_id].add(table.split)
        documents = []
        for table, shape, group in groups:
            extra = {} if table.split is None else {"split": table.split}
            doc_id = group.doc_id
            if len(splits[doc_id]) > 1:
                extra["doc_id"] = doc_id
                doc_id = f"{table.split}/{doc_id}"
            document = shape.document(table, group._replace(doc_id=doc_id), texts)
            meta = {**(document.meta or {}), **extra} if extra else document.meta
            documents.append(replace(document, meta=meta))
        return tuple(documents)


def _shape(table: Table) -> documents.Shape:
    for shape in (tokens.SHAPE, documents.SHAPE):
        if shape.fits(table):
            return shape
    problem = (
        f"the columns {', '.join(table.columns)} are those of neither documents (doc_id and text, "
        "or a layer) nor tokens (tokens and ner_tags); rename columns, or ask for another config"
    )
    raise SchemaError("hf-columns", Where(file=str(table.file)), problem)
